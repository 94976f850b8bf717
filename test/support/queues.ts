import { Resource } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { type IJobQueue, JobQueueGrants, JobQueueMetrics, type PlatformCapability } from '../../lib';

/** The least that is a job queue: shows that jobs and pipelines take queues of any origin. */
export class PlainQueue extends Resource implements IJobQueue {
  public readonly jobQueueArn: string;
  public readonly jobQueueRef: batch.JobQueueReference;
  public readonly grants: JobQueueGrants;
  public readonly metrics: JobQueueMetrics;

  public constructor(
    scope: Construct,
    id: string,
    public readonly platformCapability: PlatformCapability,
    public readonly encryptionKey?: kms.IKey,
  ) {
    super(scope, id);
    const resource = new batch.CfnJobQueue(this, 'Resource', { priority: 1, computeEnvironmentOrder: [] });
    this.jobQueueArn = resource.attrJobQueueArn;
    this.jobQueueRef = { jobQueueArn: this.jobQueueArn };
    this.grants = JobQueueGrants.fromJobQueue(this);
    this.metrics = JobQueueMetrics.fromJobQueue(this);
  }
}
