import { Token } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { isTagValue, MAX_TAG_VALUE } from '../contracts/rules/tags';
import { TEAM_TAG, teamTag } from '../contracts/team';
import { fail } from '../private/check';
import { encryptedLogGroup } from '../private/encrypted-log-group';
import type { IJobQueue } from '../queue/job-queue-interface';
import { checkShareIdentifier, hasSchedulingPolicy } from '../submission/share';
import { checkSharedName } from './platform-name';
import type { ISubmissionGateway } from '../submission/submission-gateway-interface';
import type { SubmissionQuota } from '../submission/submission-quota';
import type { ITeamGateway } from '../submission/team-gateway-interface';
import { TeamGrants } from './team-grants';
import type { ITeam } from './team-interface';
import type { TeamProps } from './team-props';

/**
 * Defines a team that shares queues with others: its jobs have one share identifier, tags and a log group of their own, and
 * its people may submit and stop those jobs and no others.
 *
 * Give its jobs `shareIdentifier`, `submissionTags: team.tags` and `logging: JobLogging.awsLogs({ logGroup: team.logGroup })`;
 * who submits by `SubmitJob` itself passes `tags` as well. **Resources**: a log group, of which what is stored is paid by GB.
 */
export class Team extends Construct implements ITeam {
  /** Name of the team. */
  public readonly teamName: string;
  /** Share identifier of the team's jobs. */
  public readonly shareIdentifier: string;
  /** Queues that the team's jobs wait in. */
  public readonly queues: IJobQueue[];
  /** Tags of the team's jobs, `team` with `<platformName>/<teamName>` among them: the `submissionTags` of each job. */
  public readonly tags: Record<string, string>;
  /** Where the team's jobs write their output. */
  public readonly logGroup: logs.ILogGroup;
  /** Permissions that are limited to the team's jobs. */
  public readonly grants: TeamGrants;

  private called?: ISubmissionGateway;

  public constructor(scope: Construct, id: string, props: TeamProps) {
    super(scope, id);
    const { teamName, queues, logRetention: retention, gateway, quota } = props;
    checkSharedName(this, 'a team', teamName);
    this.teamName = teamName;
    this.shareIdentifier = props.shareIdentifier ?? teamName;
    checkShareIdentifier(this, this.shareIdentifier);
    this.checkQueues(queues);
    this.queues = queues;
    this.tags = { ...props.tags, [TEAM_TAG]: this.tagOf(props) };
    this.logGroup = encryptedLogGroup(this, 'Logs', props.encryptionKey ?? queues[0].encryptionKey, { retention });
    this.grants = TeamGrants.fromTeam(this);
    if (gateway !== undefined) this._join(gateway, quota);
    else if (quota !== undefined) throw fail(this, `the team has no gateway to have a quota of: name it as 'gateway'`);
  }

  /**
   * The gateway as this team calls it, by an alias of its function: what comes that way is submitted under the share
   * identifier of the team and with its tags, within its quota. There is none before the first job of its platform.
   */
  public get gateway(): ISubmissionGateway {
    if (this.called !== undefined) return this.called;
    const hint = `add a job to its platform with addJob(), or name one as 'gateway' where there is no platform`;
    throw fail(this, `the team has no gateway yet: ${hint}`);
  }

  /** Queue that the team's jobs wait in, the first of several. */
  public get queue(): IJobQueue {
    return this.queues[0];
  }

  /** Lets the team call this gateway in its own name. @internal */
  public _join(gateway: ITeamGateway, quota?: SubmissionQuota): void {
    const { teamName, queues, shareIdentifier, tags } = this;
    this.called = gateway.addTeam(teamName, { queues, shareIdentifier, tags, quota });
  }

  private tagOf({ platformName, teamName }: TeamProps): string {
    const value = platformName === undefined ? teamName : teamTag(platformName, teamName);
    if (Token.isUnresolved(value) || isTagValue(value)) return value;
    const got = `'${value}' has ${value.length}: give the team a shorter name`;
    throw fail(this, `a tag takes a value of ${MAX_TAG_VALUE} characters, and ${got}`, 'platform-name');
  }

  private checkQueues(queues: readonly IJobQueue[]): void {
    if (queues.length === 0) throw fail(this, `'queues' is empty: name at least one that the team's jobs wait in`);
    const other = queues.find((queue) => hasSchedulingPolicy(queue) === false);
    if (other === undefined) return;
    throw fail(
      this,
      `${other.node.path} has no scheduling policy, and its jobs no share identifier: AWS Batch adds none later, so define ` +
        `a queue with 'schedulingPolicy: new FairShareSchedulingPolicy(...)', or leave 'queues' out`,
      'platform-team-queue',
    );
  }
}
