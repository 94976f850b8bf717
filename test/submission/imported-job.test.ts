import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  BatchJob,
  DataBucket,
  DataKey,
  type IBatchJob,
  JobDefinitionKind,
  PlatformCapability,
  SubmissionGateway,
} from '../../lib';
import { type Submission, submissionRequest } from '../../lib/submission/submission-request';
import { PlainQueue } from '../support/queues';
import { newStack } from '../support/stack';

let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function jobOf(kind?: JobDefinitionKind, platform = PlatformCapability.EC2): IBatchJob {
  const queue = new PlainQueue(stack, 'Queue', platform);
  return BatchJob.fromBatchJobAttributes(stack, 'Job', { jobDefinitionName: 'elsewhere', queue, kind });
}

const request = (job: IBatchJob, options: Omit<Submission, 'job'>): unknown =>
  submissionRequest(stack, { job, ...options });
const environment = { MODE: 'fast' };
const Environment = [{ Name: 'MODE', Value: 'fast' }];

describe('a job that is defined elsewhere', () => {
  test.each([
    { kind: undefined, overrides: { ContainerOverrides: { Environment } } },
    { kind: JobDefinitionKind.CONTAINER, overrides: { ContainerOverrides: { Environment } } },
    {
      kind: JobDefinitionKind.MULTI_NODE,
      overrides: {
        NodeOverrides: { NodePropertyOverrides: [{ TargetNodes: '0:', ContainerOverrides: { Environment } }] },
      },
    },
  ])('of the kind $kind takes an environment', ({ kind, overrides }) => {
    expect(request(jobOf(kind), { environment })).toMatchObject(overrides);
  });

  test('takes overrides of containers that are named', () => {
    const containers = [{ containerName: 'work', environment }];
    expect(request(jobOf(JobDefinitionKind.TASK), { containers })).toMatchObject({
      EcsPropertiesOverride: { TaskProperties: [{ Containers: [{ Name: 'work', Environment }] }] },
    });
  });

  test('takes overrides of nodes that are named', () => {
    const ranges = [
      { targetNodes: '0:0', environment },
      { targetNodes: '1:', containers: [{ containerName: 'work', environment }] },
    ];
    expect(request(jobOf(JobDefinitionKind.MULTI_NODE), { nodes: { ranges } })).toMatchObject({
      NodeOverrides: {
        NodePropertyOverrides: [
          { TargetNodes: '0:0', ContainerOverrides: { Environment } },
          { TargetNodes: '1:', EcsPropertiesOverride: { TaskProperties: [{ Containers: [{ Name: 'work' }] }] } },
        ],
      },
    });
  });

  test.each([
    { kind: JobDefinitionKind.POD, platform: PlatformCapability.EKS },
    { kind: undefined, platform: PlatformCapability.EKS },
    { kind: undefined, platform: PlatformCapability.MANAGED_INSTANCES },
  ])('refuses an environment on $platform without names of its containers', ({ kind, platform }) => {
    expect(() => request(jobOf(kind, platform), { environment })).toThrow(
      "the containers of the job are not known, as it is defined elsewhere: name them in 'containers' (in Stack) " +
        '[cdk-batch-platform:pipeline-overrides]',
    );
  });

  test('works on encrypted data without a role, and says what the role needs', () => {
    const bucket = new DataBucket(stack, 'Data', { encryptionKey: new DataKey(stack, 'Key') });
    new SubmissionGateway(stack, 'Gateway', { bucket }).addJob('job', jobOf());
    Annotations.fromStack(stack).hasWarning('/Stack/Job', Match.stringLikeRegexp('s3:PutObject'));
    Annotations.fromStack(stack).hasWarning('/Stack/Job', Match.stringLikeRegexp('kms:Decrypt'));
  });
});
