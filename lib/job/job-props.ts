import type { Duration } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { JobRetry } from './retry/job-retry';

/** What all kinds of jobs have in common: where they wait, and what happens when an attempt takes too long or fails. */
export interface JobProps {
  /**
   * Queue that the jobs wait in unless told otherwise.
   *
   * Decides what the job definition is made for, and what a job can get: one that never fits is refused.
   */
  readonly queue: IJobQueue;

  /**
   * Share identifier that pipelines and gateways submit the jobs under, on a queue with a scheduling policy.
   *
   * @default - each submission names one, where the queue needs it
   */
  readonly shareIdentifier?: string;

  /**
   * Rank among the jobs with the same share identifier, 0 to 9999, higher first. It means nothing on a queue without a
   * scheduling policy.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html
   * @default - 0 where the queue has a scheduling policy, which wants one of each job
   */
  readonly schedulingPriority?: number;

  /**
   * Default values of the `Ref::` placeholders in commands.
   *
   * @default - no defaults
   */
  readonly parameters?: Record<string, string>;

  /**
   * `Ref::` placeholders that have no default, as each submission gives them a value.
   *
   * A placeholder that is neither here nor in `parameters` would reach the command as it is: there is a warning.
   *
   * @default - each placeholder has a default
   */
  readonly requiredParameters?: string[];

  /**
   * How long one attempt may run before it is stopped, at least one minute. For an array job this is each child, for a
   * multi-node parallel job the whole job.
   *
   * AWS Batch sets no limit by itself, so a job that hangs would be paid forever. Fargate may end a job after 14 days.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html
   * @default Duration.hours(1)
   */
  readonly timeout?: Duration;

  /**
   * What happens when an attempt fails.
   *
   * @default - three attempts when the infrastructure fails, one when the command does
   */
  readonly retry?: JobRetry;

  /**
   * What a job takes of resources that are counted, such as licence seats; it waits until there are enough.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/resource-aware-scheduling.html
   * @default - nothing
   */
  readonly consumableResources?: ConsumableResourceRequirement[];

  /**
   * Name of the job definition. A definition with a name cannot be replaced, and only one stack can have it.
   *
   * @default - a name made by CloudFormation
   */
  readonly jobDefinitionName?: string;

  /**
   * Tags of the job definition; jobs hand them on to their ECS tasks. Changing them replaces the job definition. Tags of
   * the app or the stack do not get here, for that reason.
   *
   * @default - no tags
   */
  readonly tags?: Record<string, string>;

  /**
   * Tags of each job that pipelines, state machines, schedules and gateways submit, such as those of a team: `team.tags`.
   * Tags of a submission come on top of them. They go to the ECS task as well, and a change replaces nothing.
   *
   * `tags` are those of the definition, which AWS Batch does not give to its jobs. Together they are at most 50; a key has 1
   * to 128 characters and does not start with `aws:`, a value has at most 256. Event rules and pipes cannot pass any: there
   * is a warning.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/using-tags.html
   * @default - the tags of the submission only
   */
  readonly submissionTags?: Record<string, string>;
}

/** How much of a resource a job takes while it runs. */
export interface ConsumableResourceRequirement {
  /** Resource that is counted, such as `new batch.ConsumableResource(...)`. */
  readonly resource: batch.IConsumableResourceRef;

  /** Whole number that one job takes, at least 1. */
  readonly quantity: number;
}
