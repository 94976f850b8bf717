import { SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { JobDemand } from '../job-demand';

/** What is known before the deployment of what a job takes of one instance; deploy-time values count as nothing. @internal */
export interface KnownDemand {
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly gpus: number;
  /** Whether it asks for GPUs, however many. */
  readonly wantsGpus: boolean;
  readonly architecture?: InstanceArchitecture;
  /** Number of nodes, of a multi-node parallel job only. */
  readonly nodes?: number;
}

/** Leaves out what is known at deploy time only. @internal */
export function knownDemand({ vcpus, memory, gpus, architecture, nodes }: JobDemand): KnownDemand {
  return {
    vcpus: literal(vcpus),
    memoryMiB: memory.isUnresolved() ? 0 : memory.toMebibytes({ rounding: SizeRoundingBehavior.NONE }),
    gpus: literal(gpus ?? 0),
    wantsGpus: gpus !== undefined && gpus !== 0,
    architecture: Token.isUnresolved(architecture) ? undefined : architecture,
    nodes: nodes === undefined ? undefined : literal(nodes),
  };
}

const literal = (value: number): number => (Token.isUnresolved(value) ? 0 : value);
