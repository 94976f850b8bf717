import {
  AssociateKmsKeyCommand,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  type DescribeLogStreamsCommandInput,
  DisassociateKmsKeyCommand,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
  paginateDescribeLogStreams,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect } from 'vitest';
import { makeKey } from '../kit/keys';
import { makeLogGroup } from '../kit/log-groups';
import { table } from '../kit/table';

const API = 'AmazonCloudWatchLogs/latest/APIReference';
const INVALID = { name: 'InvalidParameterException' };

export const groups = table('CloudWatch Logs', 'Groups and streams', [
  {
    behaviour: 'a group is described with its ARNs, class and creation time',
    source: `${API}/API_LogGroup.html`,
    test: async (target) => {
      const { logs, logGroupName, arn, now } = await makeLogGroup(target);
      const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
      expect(logGroups).toMatchObject([
        { logGroupName, arn: `${arn}:*`, logGroupArn: arn, logGroupClass: 'STANDARD', metricFilterCount: 0 },
      ]);
      expect(logGroups[0]).not.toHaveProperty('retentionInDays');
      expect(Math.abs((logGroups[0].creationTime ?? 0) - now)).toBeLessThan(60_000);
    },
  },
  {
    behaviour: 'names of groups have letters, digits and _-/.#, names of streams no colon and no asterisk',
    source: `${API}/API_CreateLogGroup.html`,
    test: async (target) => {
      const { logs, addStream } = await makeLogGroup(target);
      for (const logGroupName of ['a b', 'a:b', 'ä', 'x'.repeat(513)]) {
        await expect(logs.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject(INVALID);
      }
      for (const name of ['a:b', 'a*', 'x'.repeat(513)]) await expect(addStream(name)).rejects.toMatchObject(INVALID);
      await addStream('with space/ä');
    },
  },
  {
    behaviour: 'what is there already and what is not there are errors of their own',
    source: `${API}/API_CreateLogStream.html`,
    test: async (target) => {
      const { logs, logGroupName, addStream, get } = await makeLogGroup(target);
      const exists = { name: 'ResourceAlreadyExistsException' };
      const missing = { name: 'ResourceNotFoundException' };
      await expect(addStream('a')).rejects.toMatchObject(exists);
      await expect(logs.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject(exists);
      await expect(get({ logStreamName: 'none' })).rejects.toMatchObject(missing);
      const elsewhere = new CreateLogStreamCommand({ logGroupName: target.name('none'), logStreamName: 'a' });
      await expect(logs.send(elsewhere)).rejects.toMatchObject(missing);
      await expect(
        logs.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 'none' })),
      ).rejects.toMatchObject(missing);
    },
  },
  {
    behaviour: 'a retention is one of the numbers of days that AWS names, and can be taken away',
    source: `${API}/API_PutRetentionPolicy.html`,
    test: async (target) => {
      const { logs, logGroupName } = await makeLogGroup(target);
      const days = async () => {
        const found = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
        return found.logGroups?.at(0)?.retentionInDays;
      };
      for (const retentionInDays of [1, 30, 400, 3653]) {
        await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
        expect(await days()).toBe(retentionInDays);
      }
      for (const retentionInDays of [0, 2, 366, 9999]) {
        const put = new PutRetentionPolicyCommand({ logGroupName, retentionInDays });
        await expect(logs.send(put)).rejects.toMatchObject(INVALID);
      }
      await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
      expect(await days()).toBeUndefined();
    },
  },
  {
    behaviour: 'a key can be associated with a group and taken away again',
    source: `${API}/API_AssociateKmsKey.html`,
    differs: 'nothing is encrypted',
    test: async (target) => {
      const { logs, logGroupName } = await makeLogGroup(target);
      const { arn: kmsKeyId, admit } = await makeKey(target);
      await admit({
        ...{ Effect: 'Allow', Principal: { Service: `logs.${target.region}.amazonaws.com` } },
        ...{ Action: 'kms:*', Resource: '*' },
      });
      const keyOf = async () => {
        const found = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
        return found.logGroups?.at(0)?.kmsKeyId;
      };
      await target.eventually(() => logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId })));
      expect(await keyOf()).toBe(kmsKeyId);
      await logs.send(new DisassociateKmsKeyCommand({ logGroupName }));
      expect(await keyOf()).toBeUndefined();
    },
  },
  {
    behaviour: 'groups are listed by name below a prefix or with a part in any case, in pages of up to 50',
    source: `${API}/API_DescribeLogGroups.html`,
    test: async (target) => {
      const made = [await makeLogGroup(target), await makeLogGroup(target), await makeLogGroup(target)];
      const { logs, logGroupName } = made[0];
      const seen: unknown[] = [];
      const pages = paginateDescribeLogGroups({ client: logs, pageSize: 2 }, { logGroupNamePrefix: '/conformance/' });
      for await (const page of pages) {
        expect(page.logGroups?.length).toBeLessThanOrEqual(2);
        seen.push(...(page.logGroups ?? []).map((group) => group.logGroupName));
      }
      expect(seen).toEqual([...new Set(seen)].sort());
      expect(seen).toEqual(expect.arrayContaining(made.map((group) => group.logGroupName)));
      const logGroupNamePattern = logGroupName.slice(-10).toUpperCase();
      const found = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern }));
      expect(found.logGroups).toMatchObject([{ logGroupName }]);
      for (const wrong of [{ limit: 51 }, { logGroupNamePattern, logGroupNamePrefix: '/' }]) {
        await expect(logs.send(new DescribeLogGroupsCommand(wrong))).rejects.toMatchObject(INVALID);
      }
    },
  },
  {
    behaviour: 'streams are listed by name or by their last event, forwards or backwards',
    source: `${API}/API_DescribeLogStreams.html`,
    test: async (target) => {
      const { logs, logGroupName, arn, addStream, put, now } = await makeLogGroup(target);
      for (const name of ['c', 'b']) await addStream(name);
      for (const [index, name] of ['c', 'a', 'b'].entries()) await put(['x'], index * 10, name);
      const list = async (rest: Partial<DescribeLogStreamsCommandInput>) => {
        const found = await logs.send(new DescribeLogStreamsCommand({ logGroupIdentifier: arn, ...rest }));
        return (found.logStreams ?? []).map(({ logStreamName }) => logStreamName).join('');
      };
      expect(await list({})).toBe('abc');
      expect(await list({ descending: true })).toBe('cba');
      await target.eventually(async () => {
        expect(await list({ orderBy: 'LastEventTime' })).toBe('cab');
        expect(await list({ orderBy: 'LastEventTime', descending: true, limit: 2 })).toBe('ba');
      });
      expect(await list({ logStreamNamePrefix: 'b' })).toBe('b');
      await expect(list({ orderBy: 'LastEventTime', logStreamNamePrefix: 'b' })).rejects.toMatchObject(INVALID);
      const pages = paginateDescribeLogStreams({ client: logs, pageSize: 2 }, { logGroupName });
      const times: unknown[] = [];
      for await (const { logStreams = [] } of pages) times.push(...logStreams.map((each) => each.firstEventTimestamp));
      expect(times).toEqual([now + 10, now + 20, now]);
    },
  },
  {
    behaviour: 'a group has tags, which can be changed by its ARN',
    source: `${API}/API_TagResource.html`,
    test: async (target) => {
      const { logs, arn: resourceArn } = await makeLogGroup(target, { tags: { a: '1', b: '2' } });
      await logs.send(new TagResourceCommand({ resourceArn, tags: { b: '3', c: '4' } }));
      await logs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
      const { tags } = await logs.send(new ListTagsForResourceCommand({ resourceArn }));
      expect(tags).toEqual({ b: '3', c: '4' });
    },
  },
]);
