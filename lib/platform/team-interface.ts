import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { ISubmissionGateway } from '../submission/submission-gateway-interface';
import type { TeamGrants } from './team-grants';

/** A team, defined here or in the stack of its platform. */
export interface ITeam extends IConstruct {
  /** Name of the team. */
  readonly teamName: string;

  /** Share identifier of the team's jobs. */
  readonly shareIdentifier: string;

  /** Tags of the team's jobs, `team` with `<platformName>/<teamName>` among them: the `submissionTags` of each job. */
  readonly tags: Record<string, string>;

  /** Queues that the team's jobs wait in. */
  readonly queues: IJobQueue[];

  /** Queue that the team's jobs wait in, the first of several. */
  readonly queue: IJobQueue;

  /** Where the team's jobs write their output. */
  readonly logGroup: logs.ILogGroup;

  /** The gateway as this team calls it; there is none before the first job of its platform. */
  readonly gateway: ISubmissionGateway;

  /** Permissions that are limited to the team's jobs. */
  readonly grants: TeamGrants;
}
