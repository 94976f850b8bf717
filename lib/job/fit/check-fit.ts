import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../../compute/compute-environment';
import { fail, warn } from '../../private/check';
import type { IJobQueue } from '../../queue/job-queue-interface';
import type { JobDemand } from '../job-demand';
import { hasGpusOnly, type Misfit, misfitOf, type Place, tightness } from './environment-fit';
import { knownDemand, type KnownDemand } from './known-demand';

/** What has to be known of a queue, be it a construct or read from a template. @internal */
export interface WaitingPlace extends Pick<IJobQueue, 'platformCapability'> {
  readonly computeEnvironments?: readonly Place[];
  readonly node: { readonly path: string };
}

/** Rejects a job that could never run in a queue, and warns of one that may not, or that wastes what it runs on. @internal */
export function checkFit(
  scope: IConstruct,
  demands: readonly JobDemand[] | undefined,
  queue: IJobQueue,
  madeFor: PlatformCapability = queue.platformCapability,
): void {
  const misfit = findMisfit(demands, queue, madeFor);
  if (misfit !== undefined) throw fail(scope, misfit.message, misfit.check);
  if (demands === undefined || demands.length === 0) return;
  const known = demands.map(knownDemand);
  warnOfMemory(scope, known, queue);
  warnOfGpus(scope, known, queue);
}

/**
 * Why a job never runs in a queue: none of its compute environments can hold it. Of several reasons the one that is the
 * nearest to a job that fits; nothing where too little is known.
 *
 * @internal
 */
export function findMisfit(
  demands: readonly JobDemand[] | undefined,
  queue: WaitingPlace,
  madeFor: PlatformCapability = queue.platformCapability,
): Misfit | undefined {
  const { platformCapability, computeEnvironments = [], node } = queue;
  if (madeFor !== platformCapability) {
    const message =
      `the job definition is made for ${madeFor}, and jobs of ${node.path} run on ${platformCapability}: use a queue for ` +
      madeFor;
    return { check: 'fit-platform', message };
  }
  if (demands === undefined || demands.length === 0) return undefined;
  const known = demands.map(knownDemand);
  if (known.some(({ nodes }) => nodes !== undefined) && !runsNodes(platformCapability)) {
    const message =
      `a multi-node parallel job runs on EC2 only, and jobs of ${node.path} run on ${platformCapability}: use a queue of ` +
      `on-demand instances`;
    return { check: 'fit-multi-node', message };
  }
  const misfits = computeEnvironments.map((environment) => misfitOf(known, environment));
  const found = misfits.flatMap((one) => one ?? []);
  if (found.length === 0 || found.length < misfits.length) return undefined;
  return found.reduce((best, one) => (one.nearness > best.nearness ? one : best)).misfit;
}

/** https://docs.aws.amazon.com/batch/latest/userguide/multi-node-parallel-jobs.html */
const runsNodes = (platform: PlatformCapability): boolean =>
  platform === PlatformCapability.EC2 || platform === PlatformCapability.EKS;

/** Warns if there is too little room for the system wherever the job fits. */
function warnOfMemory(scope: IConstruct, demands: readonly KnownDemand[], queue: IJobQueue): void {
  const fitting = (queue.computeEnvironments ?? []).filter((one) => misfitOf(demands, one) === undefined);
  const tight = fitting.map((environment) => tightness(demands, environment));
  const [first] = tight;
  if (first !== undefined && !tight.includes(undefined)) warn(scope, first, 'fit-memory-tight');
}

function warnOfGpus(scope: IConstruct, demands: readonly KnownDemand[], queue: IJobQueue): void {
  const environments = queue.computeEnvironments ?? [];
  if (demands.some(({ wantsGpus }) => wantsGpus) || environments.length === 0) return;
  if (!environments.every(hasGpusOnly)) return;
  const message =
    `the job asks for no GPU, and all instances of ${queue.node.path} have some, which are paid for: use another queue, ` +
    `or JobSize.gpu()`;
  warn(scope, message, 'fit-gpu-unused');
}
