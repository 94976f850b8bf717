import { familyOf, type InstanceFacts } from '../../lib/contracts/instances/instance-facts';

const HEADER = `// Written by \`npm run refresh:instance-types\`: do not edit.

/**
 * What EC2 offers, one family a line: name | architecture | accelerator | sizes, each with its vCPUs, its memory in GiB,
 * GPUs, and whether it has an Elastic Fabric Adapter.
 *
 * @internal
 */
`;

/** The source file that holds the facts of all these types. */
export function renderTable(types: readonly InstanceFacts[]): string {
  const families = new Map<string, InstanceFacts[]>();
  for (const type of types) {
    const family = familyOf(type.name);
    families.set(family, [...(families.get(family) ?? []), type]);
  }
  const lines = [...families].sort(([one], [other]) => (one < other ? -1 : 1)).map(renderFamily);
  return `${HEADER}export const INSTANCE_TYPES = \`\n${lines.join('\n')}\n\`;\n`;
}

function renderFamily([family, types]: [string, InstanceFacts[]]): string {
  const [{ architecture, accelerator = '-' }] = types;
  const odd = types.find((type) => type.architecture !== architecture || (type.accelerator ?? '-') !== accelerator);
  if (odd !== undefined) {
    throw new Error(`${odd.name} differs from the rest of its family in architecture or accelerator`);
  }
  return [family, architecture, accelerator, ...[...types].sort(bySize).map(renderSize)].join(' | ');
}

const bySize = (one: InstanceFacts, other: InstanceFacts): number =>
  one.vcpus - other.vcpus || one.memoryMiB - other.memoryMiB || (one.name < other.name ? -1 : 1);

function renderSize({ name, vcpus, memoryMiB, gpus, efa }: InstanceFacts): string {
  const size = name.slice(familyOf(name).length + 1);
  const extras = [...(gpus > 0 ? [`${gpus}gpu`] : []), ...(efa ? ['efa'] : [])];
  return [size, vcpus, memoryMiB / 1024, ...extras].join(' ');
}
