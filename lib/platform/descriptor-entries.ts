import { Token } from 'aws-cdk-lib';
import type { IComputeEnvironment } from '../compute/compute-environment';
import type { ComputeEntry, JobEntry, QueueEntry, TeamEntry } from '../contracts/descriptor';
import type { IBatchJob } from '../job/batch-job-interface';
import type { IJobQueue } from '../queue/job-queue-interface';
import { isStandIn } from './imported-queue';
import type { ITeam } from './team-interface';

/** What a descriptor says of a queue. @internal */
export const queueEntry = ({ platformCapability, schedulingPolicy }: IJobQueue): QueueEntry => ({
  platformCapability,
  shared: schedulingPolicy === undefined ? undefined : true,
});

/** What jobs of a queue can get, as far as it is known of all of its compute environments. @internal */
export const computeEntries = ({ computeEnvironments = [] }: IJobQueue): ComputeEntry[] =>
  computeEnvironments.some(isStandIn) ? [] : computeEnvironments.map(computeEntry);

/** What a descriptor says of a job that waits in the queue of this name. @internal */
export const jobEntry = (job: IBatchJob, queue: string): JobEntry => ({
  queue,
  kind: job.kind,
  shareIdentifier: job.shareIdentifier,
  submissionTags: job.submissionTags,
  role: roleNameOf(job) === undefined ? undefined : true,
});

/** What a descriptor says of a team whose jobs wait in the queues of these names. @internal */
export const teamEntry = ({ shareIdentifier, tags }: ITeam, queues: readonly string[]): TeamEntry => ({
  shareIdentifier,
  tags,
  queues,
});

/** Name of the role that gets what is granted to a job; not known of every job that is defined elsewhere. @internal */
export function roleNameOf({ grantPrincipal }: IBatchJob): string | undefined {
  if (!('roleName' in grantPrincipal)) return undefined;
  return typeof grantPrincipal.roleName === 'string' ? grantPrincipal.roleName : undefined;
}

function computeEntry({ node, computeEnvironmentArn, architecture, offer = {} }: IComputeEnvironment): ComputeEntry {
  const { maxvCpus, instances, spot, publicSubnets, isolatedSubnets } = offer;
  return {
    name: node.path,
    arn: computeEnvironmentArn,
    architecture,
    maxvCpus: Token.isUnresolved(maxvCpus) ? undefined : maxvCpus,
    instanceTypes: instances?._isOpen() === false ? instances.instanceTypes : undefined,
    spot,
    publicSubnets: publicSubnets === true ? true : undefined,
    isolatedSubnets: isolatedSubnets === true ? true : undefined,
  };
}
