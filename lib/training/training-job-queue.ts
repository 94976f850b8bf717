import { Resource } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type { Construct } from 'constructs';
import { checkRange } from '../private/check';
import { ownTags } from '../private/own-tags';
import { checkPhysicalName } from '../queue/physical-name';
import { isOfQuotaShares } from '../queue/scheduling-policy-check';
import { checkUnits } from './capacity-limit-check';
import type { IServiceEnvironment } from './service-environment';
import { TrainingJobQueueGrants } from './training-job-queue-grants';
import type { ITrainingJobQueue } from './training-job-queue-interface';
import type { TrainingJobQueueProps } from './training-job-queue-props';
import { TrainingTimeLimits } from './training-time-limits';

/** What all queues of training jobs have, defined here or imported. @internal */
abstract class TrainingJobQueueBase extends Resource implements ITrainingJobQueue {
  public abstract readonly jobQueueArn: string;
  public abstract readonly serviceEnvironment?: IServiceEnvironment;
  public abstract readonly schedulingPolicy?: batch.ISchedulingPolicyRef;

  /** Reference that other libraries and the L1 constructs take. */
  public get jobQueueRef(): batch.JobQueueReference {
    return { jobQueueArn: this.jobQueueArn };
  }

  /** Permissions on this queue. */
  public get grants(): TrainingJobQueueGrants {
    return TrainingJobQueueGrants.fromTrainingJobQueue(this);
  }
}

/**
 * Defines a queue of training jobs: they wait here until Amazon SageMaker AI has instances for them.
 *
 * Jobs come by SubmitServiceJob, at most 5 per second and account. A queue costs nothing
 * (https://docs.aws.amazon.com/batch/latest/userguide/service-jobs.html).
 */
export class TrainingJobQueue extends TrainingJobQueueBase {
  /** Refers to a queue of training jobs that is defined elsewhere. */
  public static fromTrainingJobQueueArn(scope: Construct, id: string, jobQueueArn: string): ITrainingJobQueue {
    class Imported extends TrainingJobQueueBase {
      public readonly jobQueueArn = jobQueueArn;
      public readonly serviceEnvironment = undefined;
      public readonly schedulingPolicy = undefined;
    }
    return new Imported(scope, id, { environmentFromArn: jobQueueArn });
  }

  /** ARN of the job queue. */
  public readonly jobQueueArn: string;

  /** Where jobs of this queue run. */
  public readonly serviceEnvironment?: IServiceEnvironment;

  /** Scheduling policy of this queue. */
  public readonly schedulingPolicy?: batch.ISchedulingPolicyRef;

  constructor(scope: Construct, id: string, props: TrainingJobQueueProps) {
    super(scope, id);
    const { serviceEnvironment, schedulingPolicy } = props;
    const ofQuotaShares = schedulingPolicy !== undefined && isOfQuotaShares(schedulingPolicy);
    checkUnits(this, serviceEnvironment.capacityLimits ?? [], ofQuotaShares);
    checkRange(this, 'priority', props.priority, 0, 1000, { check: 'queue-priority' });
    checkPhysicalName(this, 'jobQueueName', props.jobQueueName);
    this.serviceEnvironment = serviceEnvironment;
    this.schedulingPolicy = schedulingPolicy;

    const resource = new batch.CfnJobQueue(this, 'Resource', {
      jobQueueName: props.jobQueueName,
      jobQueueType: 'SAGEMAKER_TRAINING',
      state: (props.enabled ?? true) ? 'ENABLED' : 'DISABLED',
      priority: props.priority ?? 1,
      schedulingPolicyArn: schedulingPolicy?.schedulingPolicyRef.schedulingPolicyArn,
      jobStateTimeLimitActions: (props.timeLimits ?? TrainingTimeLimits.of())._render(this, ofQuotaShares),
      serviceEnvironmentOrder: [
        { order: 1, serviceEnvironment: serviceEnvironment.serviceEnvironmentRef.serviceEnvironmentArn },
      ],
    });
    ownTags(resource, props.tags);
    this.jobQueueArn = resource.attrJobQueueArn;
  }
}
