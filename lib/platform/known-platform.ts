import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../compute/compute-environment';
import type { CapabilityName, ComputeEntry, JobEntry, PlatformDescriptor, TeamEntry } from '../contracts/descriptor';
import { TEAM_QUEUE } from '../contracts/team';
import { fail } from '../private/check';
import type { BatchPlatformAttributes, PlatformQueueAttributes } from './batch-platform-attributes';

/** What is known of a queue before the deployment. @internal */
export interface KnownQueue {
  readonly platformCapability: CapabilityName;
  /** Whether it has a scheduling policy. */
  readonly shared?: boolean;
  /** Of the instances, as the user tells it. */
  readonly architecture?: string;
  /** As the user tells it. */
  readonly publicSubnets?: boolean;
  /** Absent when not all of them are known. */
  readonly computeEnvironments?: readonly ComputeEntry[];
}

/** What is known of a job before the deployment. @internal */
export interface KnownJob extends JobEntry {
  /** Whose job it is, as the user tells it. */
  readonly team?: string;
}

/** What is known of a team before the deployment. @internal */
export interface KnownTeam extends Omit<TeamEntry, 'shareIdentifier'> {
  /** Absent when it comes with the deployment. */
  readonly shareIdentifier?: string;
}

/** What is known of an imported platform before the deployment; fails for names of which too little is known. @internal */
export interface KnownPlatform {
  queue(scope: IConstruct, name: string): KnownQueue;
  job(scope: IConstruct, name: string): KnownJob;
  team(scope: IConstruct, name: string): KnownTeam;
}

const { EC2, FARGATE } = PlatformCapability;

/** Queues that platforms have by default, or once they are asked for them. */
const DEFAULT_QUEUES: Readonly<Record<string, PlatformQueueAttributes>> = {
  urgent: { platformCapability: EC2 },
  standard: { platformCapability: EC2 },
  bulk: { platformCapability: EC2 },
  gpu: { platformCapability: EC2 },
  [TEAM_QUEUE]: { platformCapability: EC2, shared: true },
  fargate: { platformCapability: FARGATE },
};

const at = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const listed = (record: object): string => Object.keys(record).join(', ') || 'none';

const isPod = (queues: Readonly<Record<string, PlatformQueueAttributes>>, name: string): boolean =>
  at(queues, name)?.platformCapability === PlatformCapability.EKS;

const toldTeam = ({ teams = {} }: BatchPlatformAttributes, name: string): KnownTeam => {
  const { queues = [TEAM_QUEUE], tags = {} } = at(teams, name) ?? {};
  return { queues, tags };
};

/** What the user tells of it. @internal */
export const toldPlatform = (attributes: BatchPlatformAttributes): KnownPlatform => {
  const { queues = {}, jobs = {} } = attributes;
  return {
    queue: (scope, name) => {
      const queue = at(queues, name) ?? at(DEFAULT_QUEUES, name);
      if (queue !== undefined) return queue;
      throw fail(
        scope,
        `it is not known what jobs of the queue '${name}' run on: give fromName() { queues: { '${name}': { ` +
          `platformCapability } } }, or use fromLookup()`,
        'platform-queue-unknown',
      );
    },
    job: (scope, name) => {
      const job = at(jobs, name);
      // All kinds of jobs but pods have a role of their own.
      if (job !== undefined) return { ...job, role: !isPod(queues, job.queue) };
      throw fail(
        scope,
        `it is not known which queue the job '${name}' waits in: give fromName() { jobs: { '${name}': { queue } } }, or ` +
          `use fromLookup()`,
        'platform-job-unknown',
      );
    },
    team: (_, name) => toldTeam(attributes, name),
  };
};

/** What its descriptor says, and the list of compute environments of each queue. @internal */
export const describedPlatform = (
  { name: platform, queues, jobs, teams = {} }: PlatformDescriptor,
  computeOf: (queue: string) => readonly ComputeEntry[],
): KnownPlatform => ({
  queue: (scope, name) => {
    const queue = at(queues, name);
    if (queue !== undefined) {
      const computeEnvironments = computeOf(name);
      return { ...queue, computeEnvironments: computeEnvironments.length === 0 ? undefined : computeEnvironments };
    }
    const hint = `it has ${listed(queues)}; if it is new, run 'cdk context --clear'`;
    throw fail(scope, `the platform '${platform}' has no queue '${name}': ${hint}`, 'platform-queue-unknown');
  },
  job: (scope, name) => {
    const job = at(jobs, name);
    if (job !== undefined) return job;
    const hint = `it has ${listed(jobs)}; if it is new, run 'cdk context --clear'`;
    throw fail(scope, `the platform '${platform}' has no job '${name}': ${hint}`, 'platform-job-unknown');
  },
  team: (scope, name) => {
    const team = at(teams, name);
    if (team !== undefined) return team;
    const hint = `it has ${listed(teams)}; if it is new, run 'cdk context --clear'`;
    throw fail(scope, `the platform '${platform}' has no team '${name}': ${hint}`, 'platform-team-unknown');
  },
});

/** Stands in until the CDK CLI has looked the descriptor up: whatever is asked for is there. @internal */
export const unseenPlatform = (attributes: BatchPlatformAttributes): KnownPlatform => {
  const { queues = {}, jobs = {} } = attributes;
  return {
    queue: (_, name) => at(queues, name) ?? at(DEFAULT_QUEUES, name) ?? { platformCapability: EC2 },
    job: (_, name) => at(jobs, name) ?? { queue: 'standard' },
    team: (_, name) => toldTeam(attributes, name),
  };
};
