import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  CapacityLimit,
  QuotaShare,
  QuotaShareSchedulingPolicy,
  ResourceSharing,
  ServiceEnvironment,
  TrainingJobQueue,
} from 'cdk-batch-platform';

/** Queues of SageMaker training jobs, with shares of a quota. */
export function defineTraining(stack: Stack): void {
  const p5 = new ec2.InstanceType('p5.48xlarge');
  const queue = new TrainingJobQueue(stack, 'Training', {
    serviceEnvironment: new ServiceEnvironment(stack, 'Instances', {
      capacityLimits: [CapacityLimit.instancesOf(p5, 8)],
    }),
    schedulingPolicy: new QuotaShareSchedulingPolicy(stack, 'Quotas'),
  });
  new QuotaShare(stack, 'vision', { queue, capacityLimits: [CapacityLimit.instancesOf(p5, 6)] });
  new QuotaShare(stack, 'speech', {
    queue,
    capacityLimits: [CapacityLimit.instancesOf(p5, 2)],
    sharing: ResourceSharing.lendAndBorrow({ borrowLimit: 100 }),
  });
}
