import { Token } from 'aws-cdk-lib';
import { type IComputeEnvironment, PlatformCapability } from '../../compute/compute-environment';
import { gpusOf, type InstanceFacts } from '../../contracts/instances/instance-facts';
import { architectureOf } from '../../compute/instances/instance-kind';
import type { ErrorId } from '../../contracts/checks';
import { closest, holds, holdsEasily, advisedType } from './instance-fit';
import type { KnownDemand } from './known-demand';
import { usableMemoryMiB } from './usable-memory';
import { amounts, count, listed, memoryInWords, typeInWords } from './words';

/** Why a job never runs somewhere, and what to do. @internal */
export interface Misfit {
  readonly check: ErrorId;
  readonly message: string;
}

/** What has to be known of a compute environment, be it a construct or read from a template. @internal */
export interface Place extends Pick<IComputeEnvironment, 'platformCapability' | 'architecture' | 'offer'> {
  readonly node: { readonly path: string };
}

type Rule = (demands: readonly KnownDemand[], environment: Place) => Misfit | undefined;

/** From what is furthest from fitting to what is nearest. */
const RULES: readonly Rule[] = [checkNodes, checkArchitecture, checkGpus, checkInstances, checkMaxvCpus];

/** How near a job comes to fitting, and why it does not; nothing if it may run there. @internal */
export function misfitOf(
  demands: readonly KnownDemand[],
  environment: Place,
): { readonly nearness: number; readonly misfit: Misfit } | undefined {
  for (const [nearness, rule] of RULES.entries()) {
    const misfit = rule(demands, environment);
    if (misfit !== undefined) return { nearness, misfit };
  }
  return undefined;
}

/** What to say if a job fits, but only if the system keeps less memory than it usually does. @internal */
export function tightness(demands: readonly KnownDemand[], { offer }: Place): string | undefined {
  const types = offer?.instances?._types();
  if (types === undefined || types.some((type) => demands.every((demand) => holdsEasily(type, demand)))) {
    return undefined;
  }
  const holding = types.filter((type) => demands.every((demand) => holds(type, demand)));
  const [largest] = [...holding].sort((one, other) => other.memoryMiB - one.memoryMiB);
  const asked = Math.max(...demands.map(({ memoryMiB }) => memoryMiB));
  const usable = usableMemoryMiB(largest.memoryMiB);
  return (
    `the job asks for ${memoryInWords(asked)}, and of the ${memoryInWords(largest.memoryMiB)} of ${largest.name}, the ` +
    `largest that fits, about ${memoryInWords(usable)} are left for jobs: ask for at most Size.mebibytes(${usable}), or ` +
    `offer larger instances`
  );
}

/** Whether everything that may start has GPUs. @internal */
export function hasGpusOnly({ offer }: Place): boolean {
  const types = offer?.instances?._types();
  return types?.every((type) => gpusOf(type) > 0) ?? false;
}

function checkNodes(demands: readonly KnownDemand[], { node, offer }: Place): Misfit | undefined {
  if (offer?.spot !== true || demands.every(({ nodes }) => nodes === undefined)) return undefined;
  const message =
    `a multi-node parallel job runs on on-demand instances only, and ${node.path} has Spot instances: use a queue of ` +
    `on-demand instances`;
  return { check: 'fit-multi-node', message };
}

function checkArchitecture(demands: readonly KnownDemand[], environment: Place): Misfit | undefined {
  const types = environment.offer?.instances?._types();
  const offered =
    types?.map(architectureOf) ?? (environment.architecture === undefined ? undefined : [environment.architecture]);
  const wanted = demands.find(({ architecture }) => architecture !== undefined)?.architecture;
  if (wanted === undefined || offered === undefined || offered.includes(wanted)) return undefined;
  const message =
    `the job is made for ${wanted}, and ${environment.node.path} runs on ${offered[0]}: use a queue of ${wanted}, or ` +
    `make the job for ${offered[0]}`;
  return { check: 'fit-architecture', message };
}

function checkGpus(demands: readonly KnownDemand[], environment: Place): Misfit | undefined {
  const demand = demands.find(({ wantsGpus }) => wantsGpus);
  if (demand === undefined || mayHaveGpus(environment)) return undefined;
  const asked = demand.gpus === 0 ? 'GPUs' : count(demand.gpus, 'GPU');
  const message =
    `the job asks for ${asked}, and ${environment.node.path} has none: use a queue whose compute environment has ` +
    `InstanceSelection.gpu()`;
  return { check: 'fit-gpu', message };
}

function mayHaveGpus({ platformCapability, offer }: Place): boolean {
  if (platformCapability === PlatformCapability.FARGATE) return false;
  return offer?.instances?._types()?.some((type) => gpusOf(type) > 0) ?? true;
}

/** One type has to hold all groups of nodes (https://docs.aws.amazon.com/batch/latest/userguide/mnp-node-groups.html). */
function checkInstances(demands: readonly KnownDemand[], environment: Place): Misfit | undefined {
  const instances = environment.offer?.instances;
  const types = instances?._types();
  if (instances === undefined || types === undefined) return undefined;
  if (types.some((type) => demands.every((demand) => holds(type, demand)))) return undefined;
  const largest = largestOf(demands);
  const best = closest(types, largest);
  const better = advisedType(largest, types, environment.architecture);
  const advice = better === undefined ? 'ask for less' : `ask for less, or offer types such as ${better.name}`;
  const message =
    `the job asks for ${amounts(largest)} of one instance, which none of ${environment.node.path} has: of ` +
    `${listed(instances.instanceTypes)}, ${best.name} comes closest with ${typeInWords(best)}; ${advice}`;
  return { check: 'fit-instance-type', message };
}

const largestOf = (demands: readonly KnownDemand[]): KnownDemand => ({
  ...demands[0],
  vcpus: Math.max(...demands.map(({ vcpus }) => vcpus)),
  memoryMiB: Math.max(...demands.map(({ memoryMiB }) => memoryMiB)),
  gpus: Math.max(...demands.map(({ gpus }) => gpus)),
});

function checkMaxvCpus(demands: readonly KnownDemand[], { node, offer }: Place): Misfit | undefined {
  const maxvCpus = offer?.maxvCpus;
  if (maxvCpus === undefined || Token.isUnresolved(maxvCpus)) return undefined;
  const limit = `'maxvCpus' of ${node.path} is ${maxvCpus}: raise it, or ask for less`;
  const vcpus = demands.reduce((sum, demand) => sum + demand.vcpus * (demand.nodes ?? 1), 0);
  if (vcpus > maxvCpus) {
    return {
      check: 'fit-max-vcpus',
      message: `the job asks for ${count(vcpus, 'vCPU')} at the same time, and ${limit}`,
    };
  }
  const smallest = smallestFor(demands, offer?.instances?._types());
  if (smallest === undefined) return undefined;
  // A node has its instance for itself, and AWS Batch goes above the limit by less than one instance.
  const nodes = demands.reduce((sum, demand) => sum + (demand.nodes ?? 0), 0);
  if ((nodes - 1) * smallest.vcpus < maxvCpus) return undefined;
  const message =
    `the job asks for ${count(nodes, 'node')}, each an instance of its own with at least ${smallest.vcpus} vCPUs ` +
    `(${smallest.name}), and ${limit}`;
  return { check: 'fit-max-vcpus', message };
}

/** The type with the fewest vCPUs that holds all groups of nodes. */
function smallestFor(
  demands: readonly KnownDemand[],
  types: readonly InstanceFacts[] | undefined,
): InstanceFacts | undefined {
  return types
    ?.filter((type) => demands.every((demand) => holds(type, demand)))
    .sort((one, other) => one.vcpus - other.vcpus)
    .at(0);
}
