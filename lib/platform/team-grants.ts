import type * as iam from 'aws-cdk-lib/aws-iam';
import { TEAM_TAG } from '../contracts/team';
import type { IBatchJob } from '../job/batch-job-interface';
import { anyJobArn, anyRevisionArns } from '../job/definition/job-definition-arn';
import { fail } from '../private/check';
import { grantHere } from '../private/grant-here';
import type { ITeam } from './team-interface';

/**
 * Permissions that are limited to the jobs of a team: by the share identifier when they are submitted, by the tag `team`
 * from then on, whose value names platform and team.
 *
 * Which permissions AWS Batch can narrow to what:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html
 */
export class TeamGrants {
  /** Permissions on the jobs of this team, defined here or imported. */
  public static fromTeam(team: ITeam): TeamGrants {
    return new TeamGrants(team);
  }

  private constructor(private readonly team: ITeam) {}

  /**
   * Lets `grantee` submit these jobs to the queues of the team, with its share identifier and the tag `team`; other shares
   * are refused, and so are submissions without the tag.
   *
   * Jobs that have no tag `team` may be given this one: AWS Batch cannot tell a new job from an old one there.
   */
  public submit(grantee: iam.IGrantable, ...jobs: IBatchJob[]): iam.Grant {
    const { queues, shareIdentifier, tags } = this.team;
    if (jobs.length === 0)
      throw fail(this.team, `'submit' allows nothing without jobs: name the jobs that may be submitted`);
    const requested = { [`aws:RequestTag/${TEAM_TAG}`]: tags[TEAM_TAG] };
    const definitions = jobs.flatMap((job) => anyRevisionArns(job));
    return this.grant(grantee, ['batch:SubmitJob'], [...queues.map(({ jobQueueArn }) => jobQueueArn), ...definitions], {
      StringEquals: { 'batch:ShareIdentifier': shareIdentifier, ...requested },
    }).combine(
      // AWS Batch may ask for it on the definition as well when a job is submitted with tags.
      this.grant(grantee, ['batch:TagResource'], [anyJobArn(this.team), ...definitions], {
        StringEquals: requested,
        // Without it, the jobs of other teams could be made those of this one.
        StringEqualsIfExists: { [`aws:ResourceTag/${TEAM_TAG}`]: tags[TEAM_TAG] },
      }),
    );
  }

  /** Lets `grantee` cancel and terminate jobs with the tag of the team. */
  public operate(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ['batch:CancelJob', 'batch:TerminateJob'], [anyJobArn(this.team)], {
      StringEquals: { [`aws:ResourceTag/${TEAM_TAG}`]: this.team.tags[TEAM_TAG] },
    });
  }

  /**
   * Lets `grantee` read the log of the team's jobs, see what is next in its queues, and describe and list jobs.
   *
   * The last two take no narrower resource: they cover the jobs of all teams in the account and Region.
   */
  public read(grantee: iam.IGrantable): iam.Grant {
    const { queues, logGroup } = this.team;
    const listing = this.grant(grantee, ['batch:DescribeJobs', 'batch:ListJobs'], ['*']);
    const snapshot = this.grant(
      grantee,
      ['batch:GetJobQueueSnapshot'],
      queues.map(({ jobQueueArn }) => jobQueueArn),
    );
    const log = logGroup.grant(grantee, 'logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents');
    return listing.combine(snapshot).combine(log);
  }

  private grant(
    grantee: iam.IGrantable,
    actions: string[],
    resourceArns: string[],
    conditions?: Record<string, Record<string, unknown>>,
  ): iam.Grant {
    return grantHere(this.team, grantee, actions, resourceArns, conditions);
  }
}
