import * as batch from 'aws-cdk-lib/aws-batch';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { IComputeEnvironment, PlatformCapability } from '../compute/compute-environment';
import { checkRange, fail } from '../private/check';
import { ownTags } from '../private/own-tags';
import { JobQueueBase } from './job-queue-base';
import type { IJobQueue } from './job-queue-interface';
import { capabilityOf, isKnown } from './queue-capability';

/** How jobs wait, and for what. */
export interface JobQueueProps {
  /**
   * Where jobs run, most preferred first; 1 to 3, all on EC2 with one processor architecture or all on Fargate.
   *
   * Those of aws-cdk-lib and of other libraries are welcome: tell their `platformCapability`.
   */
  readonly computeEnvironments: batch.IComputeEnvironmentRef[];

  /**
   * Which queue is served first when several wait for the same compute environment, from 0 to 1000; higher is first.
   *
   * It means nothing between queues that share no compute environment.
   *
   * @default 1
   */
  readonly priority?: number;

  /**
   * What jobs of this queue run on.
   *
   * @default - as the compute environments say; needed only when none of them is of this library
   */
  readonly platformCapability?: PlatformCapability;

  /**
   * Key that encrypts what the jobs of this queue leave behind, such as their logs.
   *
   * @default - what jobs leave behind is encrypted with keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;
}

/** What is known of a job queue that is defined elsewhere. */
export interface JobQueueAttributes {
  /** ARN of the job queue. */
  readonly jobQueueArn: string;

  /** What jobs of this queue run on. */
  readonly platformCapability: PlatformCapability;

  /**
   * Key that encrypts what the jobs of this queue leave behind, such as their logs.
   *
   * @default - what jobs leave behind is encrypted with keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Compute environments that jobs of the queue may run in.
   *
   * @default - not known: jobs are not compared with what they offer
   */
  readonly computeEnvironments?: IComputeEnvironment[];

  /**
   * Scheduling policy of the queue.
   *
   * @default - none: jobs name no share identifier
   */
  readonly schedulingPolicy?: batch.ISchedulingPolicyRef;
}

/** https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html */
const MAX_COMPUTE_ENVIRONMENTS = 3;

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
    if (environments.length === 0 || environments.length > MAX_COMPUTE_ENVIRONMENTS) {
      const range = `1 to ${MAX_COMPUTE_ENVIRONMENTS}`;
      throw fail(
        this,
        `'computeEnvironments' must hold ${range} compute environments, got ${environments.length}`,
        'queue-compute-count',
      );
    }
    checkRange(this, 'priority', props.priority, 0, 1000, { check: 'queue-priority' });
    this.platformCapability = capabilityOf(this, environments, props.platformCapability);
    this.encryptionKey = props.encryptionKey;
    // What is known of some only says nothing of the others: a job may fit there.
    this.computeEnvironments = environments.every(isKnown) ? environments : undefined;

    const resource = new batch.CfnJobQueue(this, 'Resource', {
      state: 'ENABLED',
      priority: props.priority ?? 1,
      computeEnvironmentOrder: environments.map((environment, index) => ({
        order: index + 1,
        computeEnvironment: environment.computeEnvironmentRef.computeEnvironmentArn,
      })),
    });
    ownTags(resource);
    this.jobQueueArn = resource.attrJobQueueArn;
  }
}
