import type { Reader } from '../core/reader';
import { checkRange } from './checks';
import { countShare } from './fair-share';
import type { Job } from './job';
import { availableOf, findKept, type KeptResource } from './kept-resource';
import type { BatchState } from './state';

/** A part of a consumable resource that a job needs to run. */
export interface Consumable {
  readonly consumableResource: string;
  readonly quantity: number;
}

/** Reads the consumable resources of a job definition, or those that a submission puts in their place. */
export const readConsumables = (reader: Reader, name: string): readonly Consumable[] | undefined =>
  reader
    .optionalRecord(name)
    ?.records('consumableResourceList')
    .map((entry) => ({
      consumableResource: entry.text('consumableResource'),
      quantity: checkRange('quantity', entry.number('quantity'), 1, Number.MAX_SAFE_INTEGER),
    }));

/** A part of a consumable resource that a submitted job holds while it runs. */
export interface Holding {
  readonly resource: KeptResource;
  readonly quantity: number;
}

export const findHoldings = (state: BatchState, consumables: readonly Consumable[]): readonly Holding[] =>
  consumables.map(({ consumableResource, quantity }) => ({
    resource: findKept(state, 'consumable-resource', consumableResource),
    quantity,
  }));

/** Whether there is enough of all consumable resources that a job needs. */
export const canHold = ({ submission }: Job): boolean =>
  submission.holdings.every(({ resource, quantity }) => availableOf(resource) >= quantity);

const count = ({ submission }: Job, holdings: readonly Holding[], sign: 1 | -1, now: number): void => {
  const { queue, share, needs } = submission;
  if (share !== undefined) countShare(queue, share.identifier, sign * needs.vcpus, now);
  for (const { resource, quantity } of holdings) resource.inUse += sign * quantity;
};

/** Counts what a job that starts uses of its share and of consumable resources; the function returned ends that. */
export const hold = (job: Job, now: () => number): (() => void) => {
  const { holdings } = job.submission;
  count(job, holdings, 1, now());
  const returned = holdings.filter(({ resource }) => resource.properties.resourceType === 'REPLENISHABLE');
  return () => {
    count(job, returned, -1, now());
  };
};
