import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { familyOf, gpusOf, type InstanceFacts } from '../../contracts/instances/instance-facts';
import { knownFamilies, knownInstances } from '../../contracts/instances/known-instances';
import { architectureOf } from '../../compute/instances/instance-kind';
import type { KnownDemand } from './known-demand';
import { usableMemoryMiB } from './usable-memory';

/** Whether one instance has all of it at once. Jobs never get all of its memory: the system needs some. @internal */
export const holds = (type: InstanceFacts, demand: KnownDemand): boolean =>
  type.vcpus >= demand.vcpus && type.memoryMiB > demand.memoryMiB && gpusOf(type) >= demand.gpus && runs(type, demand);

const runs = (type: InstanceFacts, { architecture }: KnownDemand): boolean =>
  architecture === undefined || architectureOf(type) === architecture;

/** Whether its memory is enough by all experience. @internal */
export const holdsEasily = (type: InstanceFacts, demand: KnownDemand): boolean =>
  holds(type, demand) && usableMemoryMiB(type.memoryMiB) >= demand.memoryMiB;

/** The type, of the right architecture, that has most of what is scarcest. @internal */
export function closest(types: readonly InstanceFacts[], demand: KnownDemand): InstanceFacts {
  const part = (has: number, wants: number): number => (wants === 0 ? 1 : Math.min(1, has / wants));
  const covered = (type: InstanceFacts): number =>
    Math.min(part(type.vcpus, demand.vcpus), part(type.memoryMiB, demand.memoryMiB), part(gpusOf(type), demand.gpus));
  return types
    .filter((type) => runs(type, demand))
    .reduce((best, type) =>
      covered(type) > covered(best) || (covered(type) === covered(best) && type.memoryMiB > best.memoryMiB)
        ? type
        : best,
    );
}

/** Old, bare, burstable and special-purpose types: nobody should be sent there. */
const NO_ADVICE = /^(hpc|u|t\d|x1|[cmr][1-4])|metal/;
const USUAL = /^([cmr]|g|gr|p)\d/;

/** A vCPU costs about as much as 8 GiB. */
const price = ({ vcpus, memoryMiB }: InstanceFacts): number => 8 * vcpus + memoryMiB / 1024;

/** The cheapest type that holds a job, to advise: one of the families that are offered, or else one of the usual ones. @internal */
export function advisedType(
  demand: KnownDemand,
  offered: readonly InstanceFacts[],
  architecture?: InstanceArchitecture,
): InstanceFacts | undefined {
  const families = new Set(offered.map(({ name }) => familyOf(name)));
  const distance = ({ name }: InstanceFacts): number => (families.has(familyOf(name)) ? 0 : USUAL.test(name) ? 1 : 2);
  return knownFamilies()
    .flatMap(knownInstances)
    .filter((type) => !NO_ADVICE.test(type.name) && (type.accelerator !== undefined) === demand.gpus > 0)
    .filter((type) => holdsEasily(type, { ...demand, architecture: demand.architecture ?? architecture }))
    .sort((one, other) => distance(one) - distance(other) || price(one) - price(other))
    .at(0);
}
