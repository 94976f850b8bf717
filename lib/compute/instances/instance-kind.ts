import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { familyOf, gpusOf, type InstanceFacts, NAMED_AS_GPU } from '../../contracts/instances/instance-facts';
import { knownInstances } from '../../contracts/instances/known-instances';

/** What instances behind one name have in common. @internal */
export interface InstanceKind {
  /** A type, a family or a group such as `optimal`. */
  readonly name: string;
  /** Left out when the name is not known. */
  readonly architecture?: ec2.InstanceArchitecture;
  /** Maker and model of GPUs or other accelerators. */
  readonly accelerator?: string;
  /** Whether there are GPUs that AWS Batch can give to jobs: those of NVIDIA. */
  readonly hasGpus: boolean;
}

/** What the instances behind a name are; of an unknown one its name says whether it has GPUs. @internal */
export function instanceKind(name: string): InstanceKind {
  const first = knownInstances(name).at(0);
  if (first === undefined) return { name, hasGpus: NAMED_AS_GPU.test(familyOf(name)) };
  const { accelerator } = first;
  return { name, architecture: architectureOf(first), accelerator, hasGpus: gpusOf(first) > 0 };
}

/** Processor architecture of a type, as aws-cdk-lib names it. @internal */
export const architectureOf = ({ architecture }: InstanceFacts): ec2.InstanceArchitecture =>
  architecture === 'arm64' ? ec2.InstanceArchitecture.ARM_64 : ec2.InstanceArchitecture.X86_64;

/** Says in an error what instances are. @internal */
export const inWords = ({ name, architecture, hasGpus }: InstanceKind): string =>
  `${name} (${[architecture ?? 'unknown', ...(hasGpus ? ['GPU'] : [])].join(', ')})`;
