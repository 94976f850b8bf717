import { CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  BatchJob,
  EksJob,
  EksMultiNodeJob,
  type IBatchJob,
  MultiContainerJob,
  MultiNodeJob,
  NodeGroup,
  PlatformCapability,
  PodGroup,
} from '../../../lib';
import { shellParametersOf } from '../../../lib/job/definition/shell-parameters';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';

const { EC2, EKS } = PlatformCapability;
const image = ecs.ContainerImage.fromRegistry('busybox');
const parameters = { day: 'today' };
const SCRIPT = ['sh', '-c', 'report Ref::day'];
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

const queueOn = (platform: PlatformCapability): PlainQueue => new PlainQueue(stack, 'Queue', platform);
const job = (command: string[]): BatchJob =>
  new BatchJob(stack, 'Job', { image, command, parameters, queue: queueOn(EC2) });

const KINDS: Readonly<Record<string, (command: string[]) => IBatchJob>> = {
  'one container': job,
  'several containers': (command) =>
    new MultiContainerJob(stack, 'Job', {
      containers: [
        { name: 'main', image, command: ['true'] },
        { name: 'side', image, command },
      ],
      parameters,
      queue: queueOn(EC2),
    }),
  'several nodes': (command) =>
    new MultiNodeJob(stack, 'Job', {
      nodeGroups: [NodeGroup.of(1, { image }), NodeGroup.of(1, { image, command })],
      parameters,
      queue: queueOn(EC2),
    }),
  'a pod': ([shell, ...args]) =>
    new EksJob(stack, 'Job', { containers: [{ image, command: [shell], args }], parameters, queue: queueOn(EKS) }),
  'a pod that has to be prepared': (args) =>
    new EksJob(stack, 'Job', {
      initContainers: [{ name: 'first', image, args }],
      containers: [{ image }],
      parameters,
      queue: queueOn(EKS),
    }),
  'several pods': (args) =>
    new EksMultiNodeJob(stack, 'Job', {
      nodeGroups: [PodGroup.of(1, { containers: [{ image, args }] })],
      parameters,
      queue: queueOn(EKS),
    }),
};

describe.each(Object.keys(KINDS))('%s (job-shell-parameter)', (kind) => {
  test('has a warning when a shell reads a parameter as a part of its script', () => {
    expect(shellParametersOf(KINDS[kind](SCRIPT))).toEqual(['day']);
    expect(warningsOf(stack)).toEqual([
      `a shell reads the value of Ref::day as a part of its script, so that who submits the job can run any command in ` +
        `it: let the script read its arguments, as in ['sh', '-c', 'python report.py "$1"', 'report', 'Ref::day'], or ` +
        'run the program without a shell [ack: cdk-batch-platform:job-shell-parameter]',
    ]);
  });

  test('has none when the script reads it as an argument', () => {
    expect(shellParametersOf(KINDS[kind](['sh', '-c', 'report "$1"', 'report', 'Ref::day']))).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a script that is known at deploy time only', () => {
  const later = (): string => new CfnParameter(stack, 'Later').valueAsString;

  test('is read as far as it is known', () => {
    expect(shellParametersOf(job(['sh', '-c', `${later()}/report Ref::day`]))).toEqual(['day']);
    expect(warningsOf(stack)).toHaveLength(1);
  });

  test.each([(text: string) => ['sh', '-c', text], (text: string) => Fn.split(',', text)])('passes', (commandOf) => {
    expect(shellParametersOf(job(commandOf(later())))).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('nothing is known of a job that is defined elsewhere', () => {
  const queue = queueOn(EC2);
  const imported = BatchJob.fromBatchJobAttributes(stack, 'Imported', { jobDefinitionName: 'mine', queue });
  expect(shellParametersOf(imported)).toEqual([]);
});
