import type { InstanceFacts } from '../../contracts/instances/instance-facts';
import { usableMemoryMiB } from './usable-memory';

const GIB = 1024;

/** Numbers as people write them, whatever the language of the machine. */
const grouped = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

/** Memory in GiB where that is a whole number. @internal */
export const memoryInWords = (memoryMiB: number): string =>
  memoryMiB % GIB === 0 ? `${grouped(memoryMiB / GIB)} GiB` : `${grouped(memoryMiB)} MiB`;

/** How many of something. @internal */
export const count = (value: number, noun: string): string => `${grouped(value)} ${noun}${value === 1 ? '' : 's'}`;

/** Things in a row: `a, b and c`. @internal */
export function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

interface Amounts {
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly gpus: number;
}

/** vCPUs, memory and GPUs, without those of which there are none. @internal */
export const amounts = ({ vcpus, memoryMiB, gpus }: Amounts): string =>
  listed([
    ...(vcpus > 0 ? [count(vcpus, 'vCPU')] : []),
    ...(memoryMiB > 0 ? [memoryInWords(memoryMiB)] : []),
    ...(gpus > 0 ? [count(gpus, 'GPU')] : []),
  ]);

/** What a type has, and what of its memory jobs get. @internal */
export const typeInWords = (type: InstanceFacts): string =>
  `${amounts(type)}, about ${grouped(usableMemoryMiB(type.memoryMiB))} MiB of it for jobs`;
