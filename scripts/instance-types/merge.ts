import { isDeepStrictEqual } from 'node:util';
import type { InstanceFacts } from '../../lib/contracts/instances/instance-facts';

/** One list of what several regions offer; a type must be the same in all of them. */
export function mergeRegions(lists: readonly (readonly InstanceFacts[])[]): InstanceFacts[] {
  const merged = new Map<string, InstanceFacts>();
  for (const type of lists.flat()) {
    const known = merged.get(type.name);
    if (known !== undefined && !isDeepStrictEqual(known, type)) {
      throw new Error(`${type.name} is not the same everywhere: ${JSON.stringify(known)} and ${JSON.stringify(type)}`);
    }
    merged.set(type.name, type);
  }
  return [...merged.values()];
}

/** What was known and is not in the new list: other regions may still have it, and it does no harm. */
export function missingFrom(fresh: readonly InstanceFacts[], known: readonly InstanceFacts[]): InstanceFacts[] {
  const names = new Set(fresh.map(({ name }) => name));
  return known.filter(({ name }) => !names.has(name));
}
