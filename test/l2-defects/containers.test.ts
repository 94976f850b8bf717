import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import { expect, test } from 'vitest';
import {
  BatchJob,
  type ContainerOptions,
  type IJobQueue,
  JobQueue,
  JobVolume,
  MultiNodeJob,
  NodeGroup,
  PlatformCapability,
} from '../../lib';
import { importedVpc, newStack } from '../support/stack';

const JOB = 'AWS::Batch::JobDefinition';
const container: ContainerOptions = {
  image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:stable'),
};
const queueOf = (stack: Stack, platformCapability = PlatformCapability.EC2): IJobQueue =>
  JobQueue.fromJobQueueAttributes(stack, 'Queue', {
    jobQueueArn: `arn:aws:batch:us-east-1:111111111111:job-queue/${platformCapability}`,
    platformCapability,
  });

test('D9: the name of a multi-node job definition is a name too', () => {
  const stack = newStack();
  const job = new MultiNodeJob(stack, 'Job', { queue: queueOf(stack), nodeGroups: [NodeGroup.of(2, container)] });
  const arn: unknown = stack.resolve(job.jobDefinitionArn);
  expect(stack.resolve(job.jobDefinitionName)).toEqual({
    'Fn::Select': [0, { 'Fn::Split': [':', { 'Fn::Select': [1, { 'Fn::Split': ['/', arn] }] }] }],
  });
});

test('D14: an access point of EFS never goes without encryption in transit', () => {
  const stack = newStack();
  const fileSystem = new efs.FileSystem(stack, 'Efs', { vpc: importedVpc(stack) });
  const volume = JobVolume.efs(fileSystem, { accessPoint: fileSystem.addAccessPoint('Point') });
  const mounts = [{ volume, containerPath: '/data' }];
  new BatchJob(stack, 'Job', { queue: queueOf(stack), ...container, mounts });
  Template.fromStack(stack).hasResourceProperties(JOB, {
    ContainerProperties: {
      Volumes: Match.arrayWith([
        Match.objectLike({
          EfsVolumeConfiguration: {
            TransitEncryption: 'ENABLED',
            AuthorizationConfig: Match.objectLike({ AccessPointId: Match.anyValue() }),
          },
        }),
      ]),
    },
  });
});

test('D15: the nodes of a job leave no gap, and the main node is one of them', () => {
  const stack = newStack();
  const queue = queueOf(stack);
  const nodeGroups = [NodeGroup.of(2, container), NodeGroup.of(3, container)];
  new MultiNodeJob(stack, 'Job', { queue, nodeGroups, mainNode: 4 });
  Template.fromStack(stack).hasResourceProperties(JOB, {
    NodeProperties: { NumNodes: 5, MainNode: 4, NodeRangeProperties: [{ TargetNodes: '0:1' }, { TargetNodes: '2:' }] },
  });
  expect(() => new MultiNodeJob(stack, 'Wrong', { queue, nodeGroups, mainNode: 9 })).toThrow('job-main-node');
});

test('D15: a multi-node job does not wait on Fargate', () => {
  const stack = newStack();
  const queue = queueOf(stack, PlatformCapability.FARGATE);
  const nodeGroups = [NodeGroup.of(2, container)];
  expect(() => new MultiNodeJob(stack, 'Job', { queue, nodeGroups })).toThrow(/fit-/);
});

test('D18: ECS Exec opens channels for the job role only, and only when it is asked for', () => {
  const channels = (enableExecuteCommand: boolean): boolean => {
    const stack = newStack();
    new BatchJob(stack, 'Job', { queue: queueOf(stack), ...container, enableExecuteCommand });
    const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    return policies.includes('ssmmessages:OpenDataChannel');
  };
  expect([channels(true), channels(false)]).toEqual([true, false]);
});
