import * as batch from 'aws-cdk-lib/aws-batch';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { IComputeEnvironment, PlatformCapability } from '../compute/compute-environment';
import { checkRange } from '../private/check';
import { ownTags } from '../private/own-tags';
import { checkComputeEnvironments, isKnown } from './compute-check';
import { JobQueueBase } from './job-queue-base';
import type { IJobQueue } from './job-queue-interface';
import type { JobQueueAttributes, JobQueueProps } from './job-queue-props';
import { JobStateTimeLimits } from './job-state-time-limits';
import { checkPhysicalName } from './physical-name';
import { checkSchedulingPolicy } from './scheduling-policy-check';

/**
 * Defines a job queue: jobs wait here, in order, until one of its compute environments has room.
 *
 * An account has at most 50 queues per region. They cost nothing
 * (https://docs.aws.amazon.com/batch/latest/userguide/job_queues.html).
 */
export class JobQueue extends JobQueueBase {
  /** Refers to a job queue that is defined elsewhere, by this or any other library. */
  public static fromJobQueueAttributes(scope: Construct, id: string, attrs: JobQueueAttributes): IJobQueue {
    class Imported extends JobQueueBase {
      public readonly jobQueueArn = attrs.jobQueueArn;
      public readonly platformCapability = attrs.platformCapability;
      public readonly encryptionKey = attrs.encryptionKey;
      public readonly computeEnvironments = attrs.computeEnvironments;
      public readonly schedulingPolicy = attrs.schedulingPolicy;
    }
    return new Imported(scope, id, { environmentFromArn: attrs.jobQueueArn });
  }

  /** ARN of the job queue. */
  public readonly jobQueueArn: string;

  /** What jobs of this queue run on. */
  public readonly platformCapability: PlatformCapability;

  /** Key that encrypts what the jobs of this queue leave behind. */
  public readonly encryptionKey?: kms.IKey;

  /** Compute environments that jobs of this queue may run in, as far as they are known. */
  public readonly computeEnvironments?: IComputeEnvironment[];

  /** Scheduling policy of this queue. */
  public readonly schedulingPolicy?: batch.ISchedulingPolicyRef;

  constructor(scope: Construct, id: string, props: JobQueueProps) {
    super(scope, id);
    const environments = props.computeEnvironments;
    this.platformCapability = checkComputeEnvironments(this, environments, props.platformCapability);
    checkRange(this, 'priority', props.priority, 0, 1000, { check: 'queue-priority' });
    checkSchedulingPolicy(this, props.schedulingPolicy);
    checkPhysicalName(this, 'jobQueueName', props.jobQueueName);
    this.encryptionKey = props.encryptionKey;
    // What is known of some only says nothing of the others: a job may fit there.
    this.computeEnvironments = environments.every(isKnown) ? environments : undefined;
    this.schedulingPolicy = props.schedulingPolicy;

    const resource = new batch.CfnJobQueue(this, 'Resource', {
      jobQueueName: props.jobQueueName,
      state: (props.enabled ?? true) ? 'ENABLED' : 'DISABLED',
      priority: props.priority ?? 1,
      schedulingPolicyArn: props.schedulingPolicy?.schedulingPolicyRef.schedulingPolicyArn,
      jobStateTimeLimitActions: (props.timeLimits ?? JobStateTimeLimits.of())._render(this),
      computeEnvironmentOrder: environments.map((environment, index) => ({
        order: index + 1,
        computeEnvironment: environment.computeEnvironmentRef.computeEnvironmentArn,
      })),
    });
    ownTags(resource, props.tags);
    this.jobQueueArn = resource.attrJobQueueArn;
  }
}
