import { Duration } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { timeLimitActions } from './time-limit-actions';

/** How long a job may block its queue, for each reason that AWS Batch gives in the status reason of the job. */
export interface JobStateTimeLimitOptions {
  /**
   * No compute environment gets the instances that it asks for: `CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY`.
   *
   * Passes by itself when capacity comes back, within hours as a rule. 10 minutes to 24 hours.
   *
   * @default Duration.hours(24)
   */
  readonly insufficientCapacity?: Duration;

  /**
   * The job asks for more vCPUs than `maxvCpus`: `MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE`.
   *
   * Never passes by itself. 10 minutes to 24 hours.
   *
   * @default Duration.hours(1)
   */
  readonly maxvCpusTooSmall?: Duration;

  /**
   * The job fits no instance type: `MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT`.
   *
   * Never passes by itself, except that AWS Batch has been seen to say so for some minutes while instances start. 10
   * minutes to 24 hours: keep it longer than it takes an instance to start and to join.
   *
   * @default Duration.hours(1)
   */
  readonly noInstanceFits?: Duration;

  /**
   * The instance type, its image and its launch template do not go together:
   * `MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED`.
   *
   * Never passes by itself. Not every edition of the user guide lists it among the reasons that can have a limit. 10
   * minutes to 24 hours.
   *
   * @default - no limit
   */
  readonly unsupportedConfiguration?: Duration;
}

const REASONS = [
  ['insufficientCapacity', 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY'],
  ['maxvCpusTooSmall', 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE'],
  ['noInstanceFits', 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT'],
  ['unsupportedConfiguration', 'MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED'],
] as const;

/**
 * How long a job at the head of a queue may block the others when AWS Batch cannot place it; then it is cancelled.
 *
 * Other reasons can have no limit, such as a compute environment that is not valid: an event tells of them. The service
 * allows 600 to 86,400 seconds.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable_time_limit_actions.html
 */
export class JobStateTimeLimits {
  /** The default limits, except those given. */
  public static of(limits: JobStateTimeLimitOptions = {}): JobStateTimeLimits {
    return new JobStateTimeLimits({
      insufficientCapacity: limits.insufficientCapacity ?? Duration.hours(24),
      maxvCpusTooSmall: limits.maxvCpusTooSmall ?? Duration.hours(1),
      noInstanceFits: limits.noInstanceFits ?? Duration.hours(1),
      unsupportedConfiguration: limits.unsupportedConfiguration,
    });
  }

  /** The given limits and no others. */
  public static only(limits: JobStateTimeLimitOptions): JobStateTimeLimits {
    return new JobStateTimeLimits(limits);
  }

  /** No limit: a job that can never be placed blocks the queue until somebody cancels it. */
  public static none(): JobStateTimeLimits {
    return new JobStateTimeLimits({});
  }

  private constructor(private readonly limits: JobStateTimeLimitOptions) {}

  /** @internal */
  public _render(scope: IConstruct): batch.CfnJobQueue.JobStateTimeLimitActionProperty[] | undefined {
    return timeLimitActions(scope, 'CANCEL', REASONS, this.limits);
  }
}
