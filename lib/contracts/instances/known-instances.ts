import { familyOf, parseFamily, type InstanceFacts } from './instance-facts';
import { INSTANCE_TYPES } from './table';

/**
 * What AWS Batch makes of its own names
 * (https://docs.aws.amazon.com/batch/latest/userguide/instance-type-compute-table.html and
 * https://docs.aws.amazon.com/batch/latest/userguide/optimal-default-instance-troubleshooting.html).
 */
const GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  ['default_x86_64', ['m6i', 'c6i', 'r6i', 'c7i']],
  ['default_arm64', ['m6g', 'c6g', 'r6g', 'c7g']],
  ['optimal', ['m6i', 'c6i', 'r6i', 'c7i']],
]);

/** All types that a name of AWS Batch stands for: one type, the sizes of a family, or a group such as `optimal`; none if it is unknown. @internal */
export function knownInstances(name: string): readonly InstanceFacts[] {
  const group = GROUPS.get(name);
  if (group !== undefined) return group.flatMap(knownInstances);
  const family = sizesOf(familyOf(name));
  return name.includes('.') ? family.filter((one) => one.name === name) : family;
}

/** Whether AWS Batch itself chooses what is behind a name. @internal */
export const isGroup = (name: string): boolean => GROUPS.has(name);

/** All families that are known. @internal */
export const knownFamilies = (): string[] =>
  INSTANCE_TYPES.trim()
    .split('\n')
    .map((line) => line.slice(0, line.indexOf(' ')));

/** Only the line of the family is read: loading the library costs nothing of it. */
function sizesOf(family: string): InstanceFacts[] {
  const start = INSTANCE_TYPES.indexOf(`\n${family} | `) + 1;
  return start === 0 ? [] : parseFamily(INSTANCE_TYPES.slice(start, INSTANCE_TYPES.indexOf('\n', start)));
}
