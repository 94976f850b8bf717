import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  CapacityLimit,
  IdleResourceAssignment,
  QuotaShare,
  QuotaShareSchedulingPolicy,
  ResourceSharing,
  ServiceEnvironment,
  TrainingJobQueue,
  TrainingTimeLimits,
} from '../../../lib';
import type { Area } from '../area';

export const training: Area = {
  name: 'training',
  define: (stack: Stack) => {
    const tags = { team: 'research' };
    const capacityLimits = [CapacityLimit.instancesOf(new ec2.InstanceType('p5.48xlarge'), 4)];
    const queue = new TrainingJobQueue(stack, 'TrainingQueue', {
      serviceEnvironment: new ServiceEnvironment(stack, 'Training', {
        capacityLimits,
        enabled: false,
        serviceEnvironmentName: 'training',
        tags,
      }),
      schedulingPolicy: new QuotaShareSchedulingPolicy(stack, 'Shares', {
        idleResourceAssignment: IdleResourceAssignment.FIFO,
        schedulingPolicyName: 'shares',
        tags,
      }),
      priority: 10,
      timeLimits: TrainingTimeLimits.of(),
      enabled: false,
      jobQueueName: 'training',
      tags,
    });
    new QuotaShare(stack, 'Vision', {
      queue,
      capacityLimits,
      sharing: ResourceSharing.lendAndBorrow({ borrowLimit: 50 }),
      inSharePreemption: true,
      enabled: false,
      quotaShareName: 'vision',
      tags,
    });
  },
};
