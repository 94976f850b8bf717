import type { IJobQueue } from '../queue/job-queue-interface';
import type { SubmissionQuota } from './submission-quota';

/** Whose jobs a team submits through a gateway, and how many. */
export interface SubmissionTeamOptions {
  /**
   * Queues that the team's jobs wait in; those that the gateway does not have yet are added to it. A job of the gateway that
   * waits elsewhere waits in the first of them for its kind of compute, unless a request names another one of them; it is
   * refused where there is none.
   *
   * @default - all queues of the gateway
   */
  readonly queues?: IJobQueue[];

  /**
   * Share identifier of the team's jobs, in queues with a scheduling policy. No other team of the gateway has it.
   *
   * @default - the name of the team
   */
  readonly shareIdentifier?: string;

  /**
   * Tags of the team's jobs and of their ECS tasks, at most 50 together with those of the job definition. The tag `team` is
   * what permissions of teams look at; no other team of the gateway has the same.
   *
   * @default - `team` with the name of the team
   */
  readonly tags?: Record<string, string>;

  /**
   * How many jobs the team may submit through the gateway. The first quota brings a table that counts.
   *
   * @default - as many as it likes
   */
  readonly quota?: SubmissionQuota;
}
