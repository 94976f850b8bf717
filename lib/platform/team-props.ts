import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { SubmissionQuota } from '../submission/submission-quota';
import type { ITeamGateway } from '../submission/team-gateway-interface';

/** What all teams have in common. */
export interface TeamCommonProps {
  /**
   * Share identifier of the team's jobs.
   *
   * @default - the name of the team
   */
  readonly shareIdentifier?: string;

  /**
   * Tags of the team's jobs, for cost allocation, beside `team` with the names of platform and team.
   *
   * @default - no other tags
   */
  readonly tags?: Record<string, string>;

  /**
   * How many jobs the team may submit through the gateway. What its people submit by themselves is not counted.
   *
   * @default - as many as it likes
   */
  readonly quota?: SubmissionQuota;

  /**
   * How long the logs of the team's jobs are kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;
}

/** How a team of a platform shares its compute. */
export interface TeamOptions extends TeamCommonProps {
  /**
   * Queues that the team's jobs wait in; each must have a scheduling policy.
   *
   * @default - the queue `teams` on Spot with a fair-share policy, which comes with the first team
   */
  readonly queues?: IJobQueue[];

  /**
   * How much less compute than others the team gets in the queue `teams`, from 0.0001 to 999.9999: **lower is more**. In
   * queues of your own, their scheduling policies say so.
   *
   * @default 1
   */
  readonly weightFactor?: number;
}

/** Whose jobs they are, and where they wait. */
export interface TeamProps extends TeamCommonProps {
  /** Name of the team: up to 128 letters, digits, hyphens and underscores. */
  readonly teamName: string;

  /**
   * Name of the platform: tells teams of one name apart, on several platforms of an account.
   *
   * @default - the tag `team` has the name of the team alone
   */
  readonly platformName?: string;

  /** Queues that the team's jobs wait in; each must have a scheduling policy. */
  readonly queues: IJobQueue[];

  /**
   * Gateway that the team calls in its own name.
   *
   * @default - the team submits by itself only
   */
  readonly gateway?: ITeamGateway;

  /**
   * Key that encrypts the logs.
   *
   * @default - the key of the first queue or, if it has none, a key that AWS owns
   */
  readonly encryptionKey?: kms.IKey;
}
