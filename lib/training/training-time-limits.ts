import { Duration } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { timeLimitActions } from '../queue/time-limit-actions';

/** How long a training job may block its queue, for each reason that AWS Batch gives in the status reason of the job. */
export interface TrainingTimeLimitOptions {
  /**
   * Amazon SageMaker AI gets no instances: `CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY`.
   *
   * Passes by itself when capacity comes back. 10 minutes to 24 hours.
   *
   * @default Duration.hours(24)
   */
  readonly insufficientCapacity?: Duration;

  /**
   * The job asks for more than the service environment has: `MISCONFIGURATION:SERVICE_ENVIRONMENT_MAX_RESOURCE`.
   *
   * Never passes by itself. 10 minutes to 24 hours.
   *
   * @default Duration.hours(1)
   */
  readonly environmentTooSmall?: Duration;

  /**
   * The job asks for more than its quota share may have: `MISCONFIGURATION:QUOTA_MANAGEMENT_LIMIT_EXCEEDED`.
   *
   * Never passes by itself. It concerns queues of quota shares only. 10 minutes to 24 hours.
   *
   * @default - Duration.hours(1) on queues of quota shares
   */
  readonly quotaShareTooSmall?: Duration;
}

const REASONS = [
  ['insufficientCapacity', 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY'],
  ['environmentTooSmall', 'MISCONFIGURATION:SERVICE_ENVIRONMENT_MAX_RESOURCE'],
] as const;

const REASONS_OF_QUOTA_SHARES = [
  ...REASONS,
  ['quotaShareTooSmall', 'MISCONFIGURATION:QUOTA_MANAGEMENT_LIMIT_EXCEEDED'],
] as const;

/**
 * How long a training job at the head of a queue may block the others when it cannot be placed; then it is terminated.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/sm_job_stuck_in_runnable_time_limit_actions.html
 */
export class TrainingTimeLimits {
  /** The default limits, except those given. */
  public static of(limits: TrainingTimeLimitOptions = {}): TrainingTimeLimits {
    return new TrainingTimeLimits({
      insufficientCapacity: limits.insufficientCapacity ?? Duration.hours(24),
      environmentTooSmall: limits.environmentTooSmall ?? Duration.hours(1),
      quotaShareTooSmall: limits.quotaShareTooSmall ?? Duration.hours(1),
    });
  }

  /** The given limits and no others. */
  public static only(limits: TrainingTimeLimitOptions): TrainingTimeLimits {
    return new TrainingTimeLimits(limits);
  }

  /** No limit: a job that can never be placed blocks the queue until somebody terminates it. */
  public static none(): TrainingTimeLimits {
    return new TrainingTimeLimits({});
  }

  private constructor(private readonly limits: TrainingTimeLimitOptions) {}

  /** @internal */
  public _render(
    scope: IConstruct,
    ofQuotaShares: boolean,
  ): batch.CfnJobQueue.JobStateTimeLimitActionProperty[] | undefined {
    return timeLimitActions(scope, 'TERMINATE', ofQuotaShares ? REASONS_OF_QUOTA_SHARES : REASONS, this.limits);
  }
}
