import { Construct } from 'constructs';
import { fail } from '../private/check';
import { FairShareSchedulingPolicy } from '../queue/fair-share-scheduling-policy';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { ITeamGateway } from '../submission/team-gateway-interface';
import type { BatchPlatform } from './batch-platform';
import { Team } from './team';
import type { TeamOptions } from './team-props';

/** Name of the queue that comes with the first team. */
const QUEUE = 'teams';

/** The queue that comes with the first team, and how its compute is divided. */
interface SharedQueue {
  readonly queue: IJobQueue;
  readonly schedulingPolicy: FairShareSchedulingPolicy;
}

/** The teams of a platform. @internal */
export class PlatformTeams extends Construct {
  private readonly teams: Team[] = [];
  private shared?: SharedQueue;

  public constructor(
    private readonly platform: BatchPlatform,
    id: string,
    private readonly gateway: ITeamGateway,
  ) {
    super(platform, id);
  }

  public add(name: string, options: TeamOptions): Team {
    if (this.node.tryFindChild(name) !== undefined) {
      throw fail(this.platform, `there is a team '${name}' already: choose another name`);
    }
    const { encryptionKey } = this.platform;
    const { queues, weightFactor, ...common } = options;
    const shared = queues === undefined ? (this.shared ??= this.addQueue()) : undefined;
    if (shared === undefined && weightFactor !== undefined) {
      const hint = `say it in the scheduling policies of 'queues'`;
      throw fail(this.platform, `'weightFactor' of the team '${name}' is for the queue '${QUEUE}': ${hint}`);
    }
    this.checkShare(options.shareIdentifier ?? name, queues);
    const team = new Team(this, name, {
      ...common,
      teamName: name,
      platformName: this.platform.platformName,
      queues: queues ?? (shared === undefined ? [] : [shared.queue]),
      encryptionKey,
      gateway: this.gateway,
    });
    shared?.schedulingPolicy.addShare({ shareIdentifier: team.shareIdentifier, weightFactor });
    this.teams.push(team);
    return team;
  }

  private checkShare(shareIdentifier: string, queues: readonly IJobQueue[] = []): void {
    for (const { jobQueueArn, node } of queues) {
      const taken = this.teams
        .filter((one) => one.shareIdentifier === shareIdentifier)
        .find((one) => one.queues.some((queue) => queue.jobQueueArn === jobQueueArn));
      if (taken === undefined) continue;
      const hint = `give another 'shareIdentifier', or another queue`;
      const got = `the team '${taken.teamName}' has the share identifier '${shareIdentifier}' in ${node.path} already`;
      throw fail(this.platform, `${got}: ${hint}`);
    }
  }

  private addQueue(): SharedQueue {
    const schedulingPolicy = new FairShareSchedulingPolicy(this, 'Shares');
    const queue = this.platform.addQueue(QUEUE, {
      computeEnvironments: [this.platform.spot],
      schedulingPolicy,
      priority: 50,
    });
    return { queue, schedulingPolicy };
  }
}
