/** What checks and defaults need to know of one EC2 instance type. @internal */
export interface InstanceFacts {
  /** Name, such as `c7i.large`. */
  readonly name: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly vcpus: number;
  /** Memory as EC2 sells it: what jobs get of it is less. */
  readonly memoryMiB: number;
  /** Maker and model of GPUs or other accelerators, such as `NVIDIA L4`. */
  readonly accelerator?: string;
  /** GPUs that the system sees: a partition of a GPU counts as one. */
  readonly gpus: number;
  /** Whether it has an Elastic Fabric Adapter. */
  readonly efa: boolean;
}

/** Family of a type, or of a family's own name: `p6-b200.48xlarge` is of `p6-b200`. @internal */
export const familyOf = (name: string): string => name.split('.')[0];

/** New families with GPUs follow the names of those that are known. @internal */
export const NAMED_AS_GPU = /^(g|gr|p)\d/;

/** GPUs of a type that AWS Batch can give to jobs: those of NVIDIA. @internal */
export const gpusOf = ({ accelerator, gpus }: InstanceFacts): number =>
  accelerator?.startsWith('NVIDIA') === true ? gpus : 0;

/** Reads a line of the table, which is one family: `g6 | x86_64 | NVIDIA L4 | xlarge 4 16 1gpu | ...`. @internal */
export function parseFamily(line: string): InstanceFacts[] {
  const [family, architecture, accelerator, ...sizes] = line.split(' | ');
  return sizes.map((text) => {
    const [size, vcpus, memoryGiB, ...extras] = text.split(' ');
    const gpus = extras.find((extra) => extra.endsWith('gpu'));
    return {
      name: `${family}.${size}`,
      architecture: architecture === 'arm64' ? 'arm64' : 'x86_64',
      vcpus: Number(vcpus),
      memoryMiB: Number(memoryGiB) * 1024,
      accelerator: accelerator === '-' ? undefined : accelerator,
      gpus: gpus === undefined ? 0 : Number.parseInt(gpus, 10),
      efa: extras.includes('efa'),
    };
  });
}
