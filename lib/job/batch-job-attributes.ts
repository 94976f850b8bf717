import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { JobDefinitionKind } from './definition/job-definition-kind';

/** What is known of a job that is defined elsewhere. */
export interface BatchJobAttributes {
  /** Name of the job definition, without revision. */
  readonly jobDefinitionName: string;

  /** Queue that the jobs wait in unless told otherwise. */
  readonly queue: IJobQueue;

  /**
   * Role of the code in the container: pipelines and gateways let it read items and write results.
   *
   * @default - the role is not known; a warning names each permission that it has to get elsewhere
   */
  readonly jobRole?: iam.IRole;

  /**
   * Share identifier that pipelines and gateways submit the jobs under.
   *
   * @default - each submission names one, where the queue needs it
   */
  readonly shareIdentifier?: string;

  /**
   * Tags of each job that pipelines, state machines, schedules and gateways submit, such as those of a team.
   *
   * @default - the tags of the submission only
   */
  readonly submissionTags?: Record<string, string>;

  /**
   * What the job definition is made of.
   *
   * @default - not known: what a submission overrides is not compared with it
   */
  readonly kind?: JobDefinitionKind;
}
