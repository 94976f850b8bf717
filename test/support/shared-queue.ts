import * as batch from 'aws-cdk-lib/aws-batch';
import type { Construct } from 'constructs';
import { type IJobQueue, JobQueue, PlatformCapability } from '../../lib';

/** A queue with a scheduling policy, defined elsewhere. */
export function sharedQueue(scope: Construct, id: string, platformCapability = PlatformCapability.EC2): IJobQueue {
  return JobQueue.fromJobQueueAttributes(scope, id, {
    jobQueueArn: `arn:aws:batch:us-east-1:111122223333:job-queue/${id}`,
    platformCapability,
    schedulingPolicy: new batch.CfnSchedulingPolicy(scope, `${id}Policy`),
  });
}
