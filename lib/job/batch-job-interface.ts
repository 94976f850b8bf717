import type { Duration } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { JobDefinitionKind } from './definition/job-definition-kind';
import type { JobDefinitionGrants } from './definition/job-definition-grants';
import type { JobDemand } from './job-demand';

/**
 * A job: a job definition and the queue its jobs wait in, defined here or imported.
 *
 * What is granted to a job, as in `table.grantReadData(job)`, is granted to the code in its container.
 */
export interface IBatchJob extends batch.IJobDefinitionRef, iam.IGrantable {
  /**
   * ARN of the job definition; with the revision, where that is known.
   *
   * @attribute
   */
  readonly jobDefinitionArn: string;

  /**
   * Name of the job definition, without revision: a job submitted by this name uses the latest active revision.
   *
   * @attribute
   */
  readonly jobDefinitionName: string;

  /** Queue that the jobs wait in unless told otherwise. */
  readonly queue: IJobQueue;

  /**
   * How long one attempt may run.
   *
   * @default - the time is not known here
   */
  readonly attemptTimeout?: Duration;

  /**
   * Share identifier that pipelines and gateways submit the jobs under, on a queue with a scheduling policy.
   *
   * @default - each submission names one, where the queue needs it
   */
  readonly shareIdentifier?: string;

  /**
   * Tags of each job that pipelines, state machines, schedules and gateways submit, beside those of the submission.
   *
   * @default - the tags of the submission only
   */
  readonly submissionTags?: Record<string, string>;

  /**
   * What one job takes at the same time: one entry, or one for each group of nodes of a multi-node parallel job.
   *
   * @default - not known: the job is not compared with what a queue offers
   */
  readonly demands?: JobDemand[];

  /**
   * What the job definition is made of: decides how a submission overrides a part of it.
   *
   * @default - not known
   */
  readonly kind?: JobDefinitionKind;

  /** Permissions on this job. */
  readonly grants: JobDefinitionGrants;
}
