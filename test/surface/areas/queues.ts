import { Duration, type Stack } from 'aws-cdk-lib';
import { FairShareSchedulingPolicy, FargateComputeEnvironment, JobQueue, JobStateTimeLimits } from '../../../lib';
import { importedVpc } from '../../support/stack';
import type { Area } from '../area';

export const queues: Area = {
  name: 'queues',
  define: (stack: Stack) => {
    const fargate = new FargateComputeEnvironment(stack, 'Fargate', { vpc: importedVpc(stack) });
    const schedulingPolicy = new FairShareSchedulingPolicy(stack, 'Policy', {
      schedulingPolicyName: 'research',
      shares: [{ shareIdentifier: 'genomics*', weightFactor: 0.5 }],
      shareDecay: Duration.hours(1),
      computeReservation: 10,
      tags: { team: 'research' },
    });
    new JobQueue(stack, 'Queue', {
      computeEnvironments: [fargate],
      jobQueueName: 'research',
      enabled: false,
      priority: 10,
      schedulingPolicy,
      timeLimits: JobStateTimeLimits.of(),
      tags: { team: 'research' },
    });
  },
};
