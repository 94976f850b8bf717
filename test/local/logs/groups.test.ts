import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogWorld, NOW, type LogWorld } from './support';

let world: LogWorld['world'];
let run: LogWorld['run'];
let put: LogWorld['put'];
beforeEach(async () => {
  ({ world, run, put } = await createLogWorld());
});
afterEach(() => world.close());

const logGroupName = '/aws/batch/job';
const arn = `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}`;

test('a group has its retention, key and tags', async () => {
  await run('PutRetentionPolicy', { retentionInDays: 30 });
  await run('AssociateKmsKey', { kmsKeyId: 'arn:aws:kms:us-east-1:000000000000:key/k' });
  expect(await run('DescribeLogGroups', { logGroupNamePrefix: '/aws/' })).toMatchObject({
    logGroups: [
      {
        logGroupName,
        arn: `${arn}:*`,
        logGroupArn: arn,
        retentionInDays: 30,
        kmsKeyId: expect.stringContaining('key/k') as unknown,
      },
    ],
  });
  await run('DeleteRetentionPolicy');
  await run('DisassociateKmsKey');
  const [group] = [(await run('DescribeLogGroups')).logGroups].flat();
  expect(group).toMatchObject({ retentionInDays: undefined, kmsKeyId: undefined });
  await run('TagResource', { resourceArn: arn, tags: { a: '1', b: '2' } });
  await run('UntagResource', { resourceArn: `${arn}:*`, tagKeys: ['a'] });
  expect(await run('ListTagsForResource', { resourceArn: arn })).toEqual({ tags: { b: '2' } });
});

test('groups are listed by name, a page at a time', async () => {
  for (const name of ['/z', '/m']) await run('CreateLogGroup', { logGroupName: name });
  const first = await run('DescribeLogGroups', { limit: 2 });
  expect(first).toMatchObject({ logGroups: [{ logGroupName }, { logGroupName: '/m' }], nextToken: '2' });
  expect(await run('DescribeLogGroups', { limit: 2, nextToken: '2' })).toMatchObject({
    logGroups: [{ logGroupName: '/z' }],
  });
  expect(await run('DescribeLogGroups', { logGroupNamePattern: 'BATCH' })).toMatchObject({
    logGroups: [{ logGroupName }],
  });
});

test('streams are listed by name or by their last event', async () => {
  for (const logStreamName of ['b', 'c']) await run('CreateLogStream', { logStreamName });
  await put(['late'], NOW + 5, 'b');
  await put(['early'], NOW, 'c');
  const names = async (input = {}) => run('DescribeLogStreams', input);
  expect(await names()).toMatchObject({
    logStreams: [{ logStreamName: 'a' }, { logStreamName: 'b' }, { logStreamName: 'c' }],
  });
  expect(
    await names({ logGroupName: undefined, logGroupIdentifier: arn, orderBy: 'LastEventTime', descending: true }),
  ).toMatchObject({
    logStreams: [{ logStreamName: 'b', lastEventTimestamp: NOW + 5 }, { logStreamName: 'c' }, { logStreamName: 'a' }],
  });
  await run('DeleteLogStream', { logStreamName: 'b' });
  expect(await names({ logStreamNamePrefix: 'b' })).toMatchObject({ logStreams: [] });
});

test('resource policies are kept', async () => {
  const policy = { policyName: 'events', policyDocument: '{}' };
  await run('PutResourcePolicy', policy);
  expect(await run('DescribeResourcePolicies')).toEqual({ resourcePolicies: [policy] });
  await run('DeleteResourcePolicy', { policyName: 'events' });
  expect(await run('DescribeResourcePolicies')).toEqual({ resourcePolicies: [] });
});

test.each([
  ['CreateLogGroup', {}, 'ResourceAlreadyExistsException', 'log group already exists'],
  ['CreateLogGroup', { logGroupName: 'a b' }, 'InvalidParameterException', '"a b"'],
  ['CreateLogGroup', { logGroupName: 'x', logGroupClass: 'GOLD' }, 'InvalidParameterException', "'GOLD'"],
  ['CreateLogStream', { logStreamName: 'a' }, 'ResourceAlreadyExistsException', 'log stream already exists'],
  ['CreateLogStream', { logStreamName: 'a:b' }, 'InvalidParameterException', '"a:b"'],
  ['DeleteLogStream', { logStreamName: 'none' }, 'ResourceNotFoundException', 'log stream'],
  ['DeleteLogGroup', { logGroupName: 'none' }, 'ResourceNotFoundException', 'log group'],
  ['PutRetentionPolicy', { retentionInDays: 2 }, 'InvalidParameterException', 'got 2'],
  ['DescribeLogStreams', { orderBy: 'Size' }, 'InvalidParameterException', "got 'Size'"],
  ['DescribeLogGroups', { limit: 51 }, 'InvalidParameterException', '1 to 50'],
  ['StartQuery', {}, 'NotImplemented', 'logs:StartQuery'],
])('fails %s of %j', async (operation, input, name, message) => {
  const answer = run(operation, input);
  await expect(answer).rejects.toThrow(message);
  await expect(answer).rejects.toMatchObject({ name });
});
