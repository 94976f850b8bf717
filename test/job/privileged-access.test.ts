import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, expect, test } from 'vitest';
import { BatchJob, EksJob, MultiContainerJob, PlatformCapability, PrivilegedAccess } from '../../lib';
import { PlainQueue } from '../support/queues';
import { newStack } from '../support/stack';

const image = ecs.ContainerImage.fromRegistry('busybox');
const KEY = 'cdk-batch-platform:privileged';
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

const queueOn = (platform: PlatformCapability) => new PlainQueue(stack, 'Queue', platform);
const job = (privileged?: PrivilegedAccess): BatchJob =>
  new BatchJob(stack, 'Job', { image, queue: queueOn(PlatformCapability.EC2), privileged });

test('a container is not privileged', () => {
  job();
  Template.fromStack(stack).hasResource('AWS::Batch::JobDefinition', {
    Properties: { ContainerProperties: { Privileged: Match.absent() } },
    Metadata: Match.absent(),
  });
});

test('a privileged container says why, in the template', () => {
  job(PrivilegedAccess.acknowledged('mounts a file system of FUSE'));
  Template.fromStack(stack).hasResource('AWS::Batch::JobDefinition', {
    Properties: { ContainerProperties: { Privileged: true } },
    Metadata: { [KEY]: ['mounts a file system of FUSE'] },
  });
});

test('each privileged container of a task says why', () => {
  const reasons = ['mounts disks', 'traces system calls'];
  const containers = reasons.map((reason, index) => ({
    name: `container${index}`,
    image,
    privileged: PrivilegedAccess.acknowledged(reason),
  }));
  new MultiContainerJob(stack, 'Job', { queue: queueOn(PlatformCapability.EC2), containers });
  Template.fromStack(stack).hasResource('AWS::Batch::JobDefinition', { Metadata: { [KEY]: reasons } });
});

test('a privileged container of a pod says why', () => {
  const privileged = PrivilegedAccess.acknowledged('loads a module of the kernel');
  new EksJob(stack, 'Job', { queue: queueOn(PlatformCapability.EKS), containers: [{ image, privileged }] });
  Template.fromStack(stack).hasResource('AWS::Batch::JobDefinition', {
    Properties: { EksProperties: { PodProperties: { Containers: [{ SecurityContext: { Privileged: true } }] } } },
    Metadata: { [KEY]: ['loads a module of the kernel'] },
  });
});

test.each(['', '  '])('refuses %j as a reason (job-privileged-reason)', (reason) => {
  expect(() => job(PrivilegedAccess.acknowledged(reason))).toThrow(
    `'privileged' must come with a reason, got ${JSON.stringify(reason)}: say what the container does that it needs the ` +
      'rights of root on its host for, or leave it out (in Stack/Job) [cdk-batch-platform:job-privileged-reason]',
  );
});

test('takes a reason that is known at deploy time only', () => {
  const reason = new CfnParameter(stack, 'Reason').valueAsString;
  expect(() => job(PrivilegedAccess.acknowledged(reason))).not.toThrow();
});
