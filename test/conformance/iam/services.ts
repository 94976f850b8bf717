import { SubmitJobCommand, TagResourceCommand, TerminateJobCommand } from '@aws-sdk/client-batch';
import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
} from '@aws-sdk/client-s3';
import { CreateStateMachineCommand } from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { actAs, makeRole } from '../kit/acting';
import { makeBucket } from '../kit/buckets';
import { definitionOf, placeOf, reaches, submitTo } from '../kit/jobs';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const S3_ACTIONS = 'AmazonS3/latest/userguide/using-with-s3-policy-actions.html';

const bucketOf = async ({ clients: { s3 }, name, cleanup }: Target): Promise<string> => {
  const Bucket = name('bucket');
  await s3.send(new CreateBucketCommand({ Bucket }));
  cleanup(() => s3.send(new DeleteBucketCommand({ Bucket })));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'in/a', Body: 'a' }));
  cleanup(() => s3.send(new DeleteObjectCommand({ Bucket, Key: 'in/a' })));
  return Bucket;
};

export const services = table('IAM', 'What calls take', [
  {
    behaviour: 'SubmitJob takes the right to the job queue and to the job definition',
    source: 'batch/latest/userguide/batch-supported-iam-actions-resources.html',
    test: async (target) => {
      const arnOf = (kind: string) => `arn:aws:batch:${target.region}:${target.account}:${kind}`;
      const submit = new SubmitJobCommand({ jobName: 'j', jobQueue: 'no-queue', jobDefinition: 'no-job' });
      const grant = (...kinds: readonly string[]) => [
        { Effect: 'Allow', Action: 'batch:SubmitJob', Resource: kinds.map(arnOf) },
      ];
      const half = await actAs(target, grant('job-queue/no-queue'));
      await expect(half.batch.send(submit)).rejects.toThrow(
        `batch:SubmitJob on resource: ${arnOf('job-definition/no-job')}`,
      );
      const whole = await actAs(target, grant('job-queue/no-queue', 'job-definition/no-job'));
      await expect(whole.batch.send(submit)).rejects.toMatchObject({ name: 'ClientException' });
    },
  },
  {
    behaviour: 'SubmitJob with tags takes the right to tag jobs as well',
    source: 'service-authorization/latest/reference/list_awsbatch.html',
    test: async (target) => {
      const role = await actAs(target, [{ Effect: 'Allow', Action: 'batch:SubmitJob', Resource: '*' }]);
      const job = { jobName: 'j', jobQueue: 'no-queue', jobDefinition: 'no-job' };
      await expect(role.batch.send(new SubmitJobCommand(job))).rejects.toMatchObject({ name: 'ClientException' });
      await expect(role.batch.send(new SubmitJobCommand({ ...job, tags: { team: 'a' } }))).rejects.toThrow(
        'batch:TagResource',
      );
    },
  },
  {
    behaviour: 'a share identifier can be the condition of SubmitJob',
    source: 'service-authorization/latest/reference/list_awsbatch.html',
    test: async (target) => {
      const Condition = { StringEquals: { 'batch:ShareIdentifier': 'blue' } };
      const role = await actAs(target, [{ Effect: 'Allow', Action: 'batch:SubmitJob', Resource: '*', Condition }]);
      const submit = (shareIdentifier: string) =>
        role.batch.send(new SubmitJobCommand({ jobName: 'j', jobQueue: 'q', jobDefinition: 'd', shareIdentifier }));
      await expect(submit('red')).rejects.toMatchObject({ name: 'AccessDeniedException' });
      await expect(submit('blue')).rejects.toMatchObject({ name: 'ClientException' });
    },
  },
  {
    behaviour: 'TerminateJob takes the right to the job',
    source: 'service-authorization/latest/reference/list_awsbatch.html',
    test: async (target) => {
      const mine = await submitTo(target, await placeOf(target), await definitionOf(target, 'sleep 600'));
      const Resource = `arn:aws:batch:${target.region}:${target.account}:job/${mine}`;
      const role = await actAs(target, [{ Effect: 'Allow', Action: 'batch:TerminateJob', Resource }]);
      const terminate = (jobId: string) => role.batch.send(new TerminateJobCommand({ jobId, reason: 'r' }));
      await expect(terminate('other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
      await target.eventually(() => terminate(mine));
      expect(await reaches(target, mine, 'FAILED')).toMatchObject({ statusReason: 'r' });
    },
  },
  {
    behaviour: 'a tag of the job can be the condition of TerminateJob, and of tagging it anew',
    source: 'service-authorization/latest/reference/list_awsbatch.html',
    test: async (target) => {
      const [place, definition] = [await placeOf(target), await definitionOf(target, 'sleep 600')];
      const [mine, other] = [
        await submitTo(target, place, definition, { tags: { team: 'blue' } }),
        await submitTo(target, place, definition, { tags: { team: 'red' } }),
      ];
      const Condition = { StringEquals: { 'aws:ResourceTag/team': 'blue' } };
      const role = await actAs(target, [
        { Effect: 'Allow', Action: 'batch:TerminateJob', Resource: '*', Condition },
        {
          Effect: 'Allow',
          Action: 'batch:TagResource',
          Resource: '*',
          Condition: { StringEqualsIfExists: Condition.StringEquals },
        },
      ]);
      const terminate = (jobId: string) => role.batch.send(new TerminateJobCommand({ jobId, reason: 'r' }));
      const resourceArn = `arn:aws:batch:${target.region}:${target.account}:job/${other}`;
      await expect(terminate(other)).rejects.toMatchObject({ name: 'AccessDeniedException' });
      await expect(
        role.batch.send(new TagResourceCommand({ resourceArn, tags: { team: 'blue' } })),
      ).rejects.toMatchObject({ name: 'AccessDeniedException' });
      await target.eventually(() => terminate(mine));
      expect(await reaches(target, mine, 'FAILED')).toMatchObject({ statusReason: 'r' });
    },
  },
  {
    behaviour: 'listing a bucket is an action of its own, which a prefix can be the condition of',
    source: S3_ACTIONS,
    test: async (target) => {
      const Bucket = await bucketOf(target);
      const Condition = { StringLike: { 's3:prefix': 'in/*' } };
      const Resource = `arn:aws:s3:::${Bucket}`;
      const role = await actAs(target, [{ Effect: 'Allow', Action: 's3:ListBucket', Resource, Condition }]);
      const list = (Prefix: string) => role.s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
      expect(await target.eventually(() => list('in/'))).toMatchObject({ KeyCount: 1 });
      await expect(list('out/')).rejects.toMatchObject({ name: 'AccessDenied' });
      await expect(role.s3.send(new GetObjectCommand({ Bucket, Key: 'in/a' }))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
    },
  },
  {
    behaviour: 'DeleteObjects deletes what the role may delete, and says AccessDenied for each other key',
    source: 'AmazonS3/latest/API/API_DeleteObjects.html',
    test: async (target) => {
      const { Bucket, put, get } = await makeBucket(target, 'Enabled');
      const Key = 'mine/versioned';
      const { VersionId } = await put(Key);
      await put('other');
      const mine = { Effect: 'Allow', Action: 's3:DeleteObject', Resource: `arn:aws:s3:::${Bucket}/mine/*` };
      const role = await actAs(target, [mine]);
      const remove = (...Objects: { Key: string; VersionId?: string }[]) =>
        role.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
      const message = (part: string): unknown => expect.stringContaining(part);
      await target.eventually(async () => {
        expect(await remove({ Key: 'other' }, { Key: 'mine/a' }, { Key, VersionId })).toMatchObject({
          Deleted: [{ Key: 'mine/a' }],
          Errors: [
            { Key: 'other', Code: 'AccessDenied', Message: message('s3:DeleteObject on resource') },
            { Key, VersionId, Code: 'AccessDenied', Message: message('s3:DeleteObjectVersion') },
          ],
        });
      });
      expect(await get('other')).toHaveProperty('ETag');
      expect(await get(Key, { VersionId })).toHaveProperty('ETag');
    },
  },
  {
    behaviour: 'a role is handed to a service with iam:PassRole only, for that service',
    source: 'IAM/latest/UserGuide/id_roles_use_passrole.html',
    test: async (target) => {
      const roleArn = await makeRole(target, [], { Service: 'states.amazonaws.com' });
      const create = { Effect: 'Allow', Action: 'states:CreateStateMachine', Resource: '*' };
      const pass = (service: string) => ({
        ...{ Effect: 'Allow', Action: 'iam:PassRole', Resource: roleArn },
        Condition: { StringEquals: { 'iam:PassedToService': service } },
      });
      const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } }, QueryLanguage: 'JSONata' });
      const command = new CreateStateMachineCommand({ name: target.name('m'), roleArn, definition });
      const bare = await actAs(target, [create, pass('lambda.amazonaws.com')]);
      await expect(bare.sfn.send(command)).rejects.toThrow(`iam:PassRole on resource: ${roleArn}`);
      const whole = await actAs(target, [create, pass('states.amazonaws.com')]);
      expect(await target.eventually(() => whole.sfn.send(command))).toHaveProperty('stateMachineArn');
    },
  },
  {
    behaviour: 'a function is refused a role that does not trust AWS Lambda',
    source: 'lambda/latest/dg/lambda-intro-execution-role.html',
    test: async (target) => {
      const Role = await makeRole(target, [], { Service: 'states.amazonaws.com' });
      const Code = { ZipFile: new Uint8Array([80, 75, 5, 6, ...Array.from({ length: 18 }, () => 0)]) };
      const create = new CreateFunctionCommand({
        FunctionName: target.name('f'),
        Role,
        Code,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
      });
      await expect(target.clients.lambda.send(create)).rejects.toThrow(
        'The role defined for the function cannot be assumed by Lambda',
      );
    },
  },
  {
    behaviour:
      'a bucket policy that denies calls without TLS lets calls with TLS through, one that denies those does not',
    source: 'AmazonS3/latest/userguide/security-best-practices.html',
    differs: 'calls to this machine count as calls with TLS',
    test: async (target) => {
      const Bucket = await bucketOf(target);
      const deny = (isSecure: 'true' | 'false') => {
        const Statement = {
          ...{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` },
          Condition: { Bool: { 'aws:SecureTransport': isSecure } },
        };
        const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
        return target.clients.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      };
      const role = await actAs(target, [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }]);
      const get = () => role.s3.send(new GetObjectCommand({ Bucket, Key: 'in/a' }));
      await deny('false');
      expect(await target.eventually(get)).toHaveProperty('ETag');
      await deny('true');
      await target.eventually(() => expect(get()).rejects.toThrow('with an explicit deny in a resource-based policy'));
    },
  },
]);
