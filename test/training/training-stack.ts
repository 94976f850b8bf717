import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  CapacityLimit,
  QuotaShareSchedulingPolicy,
  ServiceEnvironment,
  TrainingJobQueue,
  type TrainingJobQueueProps,
} from '../../lib';

export const instanceType = (name: string): ec2.InstanceType => new ec2.InstanceType(name);

/** A queue in order of submission, on up to 10 instances of any type. */
export function fifoQueue(stack: Stack, props: Partial<TrainingJobQueueProps> = {}): TrainingJobQueue {
  const serviceEnvironment = new ServiceEnvironment(stack, 'Training', {
    capacityLimits: [CapacityLimit.instances(10)],
  });
  return new TrainingJobQueue(stack, 'Queue', { serviceEnvironment, ...props });
}

/** A queue of quota shares, on instances of two types. */
export function sharedQueue(stack: Stack, props: Partial<TrainingJobQueueProps> = {}): TrainingJobQueue {
  const serviceEnvironment = new ServiceEnvironment(stack, 'Training', {
    capacityLimits: [
      CapacityLimit.instancesOf(instanceType('p5.48xlarge'), 4),
      CapacityLimit.instancesOf(instanceType('g6.xlarge'), 20),
    ],
  });
  const schedulingPolicy = new QuotaShareSchedulingPolicy(stack, 'Shares');
  return new TrainingJobQueue(stack, 'Queue', { serviceEnvironment, schedulingPolicy, ...props });
}
