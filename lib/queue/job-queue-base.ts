import { Resource } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IComputeEnvironment, PlatformCapability } from '../compute/compute-environment';
import { JobQueueGrants } from './job-queue-grants';
import type { IJobQueue } from './job-queue-interface';
import { JobQueueMetrics } from './job-queue-metrics';

/** What all job queues have, defined here or imported. @internal */
export abstract class JobQueueBase extends Resource implements IJobQueue {
  public abstract readonly jobQueueArn: string;
  public abstract readonly platformCapability: PlatformCapability;
  public abstract readonly encryptionKey?: kms.IKey;
  public abstract readonly computeEnvironments?: IComputeEnvironment[];
  public abstract readonly schedulingPolicy?: batch.ISchedulingPolicyRef;

  /** Reference that other libraries and the L1 constructs take. */
  public get jobQueueRef(): batch.JobQueueReference {
    return { jobQueueArn: this.jobQueueArn };
  }

  /** Permissions on this queue. */
  public get grants(): JobQueueGrants {
    return JobQueueGrants.fromJobQueue(this);
  }

  /** What AWS Batch tells CloudWatch of this queue. */
  public get metrics(): JobQueueMetrics {
    return JobQueueMetrics.fromJobQueue(this);
  }
}
