import { Construct } from 'constructs';
import { shareCollision } from '../contracts/rules/queue';
import { TEAM_QUEUE } from '../contracts/team';
import { fail } from '../private/check';
import { FairShareSchedulingPolicy } from '../queue/fair-share-scheduling-policy';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { SubmissionQuota } from '../submission/submission-quota';
import type { ITeamGateway } from '../submission/team-gateway-interface';
import type { BatchPlatform } from './batch-platform';
import type { PlatformParameters } from './platform-parameters';
import { Team } from './team';
import type { TeamOptions } from './team-props';

/** The queue that comes with the first team, and how its compute is divided. */
interface SharedQueue {
  readonly queue: IJobQueue;
  readonly schedulingPolicy: FairShareSchedulingPolicy;
}

/** A team, and how much it may submit. */
interface Member {
  readonly team: Team;
  readonly quota?: SubmissionQuota;
}

/** The teams of a platform: children of it by their names, and nothing else is, as a team may have any name. @internal */
export class PlatformTeams extends Construct {
  private readonly members = new Map<string, Member>();
  private shared?: SharedQueue;
  private gateway?: ITeamGateway;

  public constructor(
    private readonly platform: BatchPlatform,
    id: string,
    private readonly parameters: PlatformParameters,
  ) {
    super(platform, id);
  }

  public find(name: string): Team {
    const member = this.members.get(name);
    if (member !== undefined) return member.team;
    const names = [...this.members.keys()].join(', ') || 'none yet';
    throw fail(this.platform, `there is no team '${name}': choose one of ${names}, or add it with addTeam()`);
  }

  public add(name: string, options: TeamOptions): Team {
    const { queues, weightFactor, quota, ...common } = options;
    const { shareIdentifier = name } = common;
    this.checkName(name);
    this.checkShare(name, shareIdentifier);
    if (queues !== undefined) this.checkQueues(name, queues, weightFactor);
    const shared = queues === undefined ? (this.shared ??= this.addQueue()) : undefined;
    const team = new Team(this, name, {
      ...common,
      teamName: name,
      platformName: this.platform.platformName,
      queues: shared === undefined ? (queues ?? []) : [shared.queue],
      encryptionKey: this.platform.encryptionKey,
    });
    shared?.schedulingPolicy.addShare({ shareIdentifier, weightFactor });
    this.members.set(name, { team, quota });
    this.parameters.addTeam(team);
    if (this.gateway !== undefined) this.admit(this.gateway, { team, quota });
    return team;
  }

  /** Lets all teams call this gateway, those that come later as well. */
  public join(gateway: ITeamGateway): void {
    this.gateway = gateway;
    for (const member of this.members.values()) this.admit(gateway, member);
  }

  private admit(gateway: ITeamGateway, { team, quota }: Member): void {
    team._join(gateway, quota);
    this.parameters.addTeamGateway(team);
  }

  private checkName(name: string): void {
    if (this.members.has(name)) throw fail(this.platform, `there is a team '${name}' already: choose another name`);
    // The gateway, which would refuse it, may come long after the name is in use.
    if (!/^\d+$/.test(name)) return;
    const got = `got ${JSON.stringify(name)}: add a letter`;
    throw fail(this.platform, `the name of a team must not be digits alone, ${got}`, 'pipeline-gateway-team');
  }

  /** Who has the share of another could submit its jobs, and would be taken for it. */
  private checkShare(name: string, shareIdentifier: string): void {
    const teams = [...this.members.values()].map(({ team }) => team);
    const taken = teams.find((team) => shareCollision([team.shareIdentifier, shareIdentifier]) !== undefined);
    if (taken === undefined) return;
    const got = `the team '${taken.teamName}' has the share identifier '${taken.shareIdentifier}' already`;
    throw fail(this.platform, `${got}: give the team '${name}' another 'shareIdentifier' than '${shareIdentifier}'`);
  }

  private checkQueues(name: string, queues: readonly IJobQueue[], weightFactor?: number): void {
    if (weightFactor !== undefined) {
      const hint = `say it in the scheduling policies of 'queues'`;
      throw fail(this.platform, `'weightFactor' of the team '${name}' is for the queue '${TEAM_QUEUE}': ${hint}`);
    }
    const other = queues.find((queue) => this.parameters.nameOf(queue) === undefined);
    if (other === undefined) return;
    const hint = 'add it with addQueue(), or define a Team of its own';
    throw fail(
      this.platform,
      `the team '${name}' waits in ${other.node.path}, which is no queue of the platform: ${hint}`,
    );
  }

  private addQueue(): SharedQueue {
    const schedulingPolicy = new FairShareSchedulingPolicy(this.platform, 'TeamShares');
    const queue = this.platform.addQueue(TEAM_QUEUE, {
      computeEnvironments: [this.platform.spot],
      schedulingPolicy,
      priority: 50,
    });
    return { queue, schedulingPolicy };
  }
}
