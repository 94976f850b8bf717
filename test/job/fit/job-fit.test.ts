import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { BatchJob, Ec2ComputeEnvironment, InstanceSelection, JobQueue, JobSize } from '../../../lib';
import { importedVpc, newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';

/** A job in a queue over one compute environment: what it warns of, if it is not refused. */
function job(size: JobSize, instances: InstanceSelection, maxvCpus?: number): string[] {
  const stack = newStack();
  const environment = new Ec2ComputeEnvironment(stack, 'Ec2', { vpc: importedVpc(stack), instances, maxvCpus });
  const queue = new JobQueue(stack, 'Queue', { computeEnvironments: [environment] });
  const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox');
  return warningsOf(new BatchJob(stack, 'Job', { image, queue, size }));
}

const gibibytes = (amount: number): Size => Size.gibibytes(amount);

test('a job that its queue can hold passes', () => {
  expect(job(JobSize.of(128, gibibytes(900)), InstanceSelection.defaultX86())).toEqual([]);
  expect(job(JobSize.gpu(8, 192, gibibytes(700)), InstanceSelection.gpu())).toEqual([]);
});

describe('refuses, at the job,', () => {
  const { C7G } = ec2.InstanceClass;

  test.each([
    [
      'what no instance holds',
      JobSize.of(65, gibibytes(64)),
      InstanceSelection.families(C7G),
      undefined,
      'fit-instance-type',
    ],
    [
      'GPUs of a queue without',
      JobSize.gpu(1, 4, gibibytes(8)),
      InstanceSelection.defaultArm64(),
      undefined,
      'fit-gpu',
    ],
    ['more than maxvCpus', JobSize.of(8, gibibytes(8)), InstanceSelection.defaultX86(), 4, 'fit-max-vcpus'],
  ])('%s', (_, size, instances, maxvCpus, check) => {
    expect(() => job(size, instances, maxvCpus)).toThrow(`(in Stack/Job) [cdk-batch-platform:${check}]`);
  });
});

test('warns, at the job, of GPUs that it does not use', () => {
  expect(job(JobSize.of(1, gibibytes(2)), InstanceSelection.gpu())).toEqual([
    expect.stringContaining('cdk-batch-platform:fit-gpu-unused'),
  ]);
});
