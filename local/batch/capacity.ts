import { availableParallelism, totalmem } from 'node:os';
import type { ComputeEnvironment } from './compute-environment';
import type { Needs } from './container';
import type { GpuOffer } from './gpus';

/** What this machine can give to jobs. */
export type Machine = Omit<Needs, 'gpus' | 'gpusTogether'>;

export const thisMachine = (): Machine => ({
  vcpus: availableParallelism(),
  memoryMiB: Math.floor(totalmem() / 2 ** 20),
});

/** What a job was given to run. */
export interface Grant {
  readonly environment: ComputeEnvironment;
  /** By number, as far as the compute environment is concerned. */
  readonly gpus: readonly number[];
  /** Gives it back. */
  readonly release: () => void;
}

/** Counts what running jobs take from their compute environments and, all together, from the machine. */
export class Capacity {
  private usedVcpus = 0;
  private usedMemoryMiB = 0;
  private running = 0;
  private readonly usedGpus = new Map<ComputeEnvironment, Set<number>>();

  constructor(private readonly machine: Machine) {}

  /** A job that is larger than the machine runs alone. */
  machineHasRoom({ vcpus, memoryMiB }: Needs): boolean {
    if (this.running === 0) return true;
    return this.usedVcpus + vcpus <= this.machine.vcpus && this.usedMemoryMiB + memoryMiB <= this.machine.memoryMiB;
  }

  hasRoom(environment: ComputeEnvironment, needs: Needs): boolean {
    const { usedVcpus, resources } = environment;
    const usedGpus = this.usedGpus.get(environment)?.size ?? 0;
    return (
      couldFit(environment, needs) &&
      usedVcpus + needs.vcpus <= resources.maxvCpus &&
      (needs.gpus === 0 || usedGpus + needs.gpus <= resources.gpus.inAll)
    );
  }

  take(environment: ComputeEnvironment, needs: Needs): Grant {
    this.count(environment, needs, 1);
    const used = this.usedGpus.get(environment) ?? new Set();
    const gpus: number[] = [];
    for (let gpu = 0; gpus.length < needs.gpus; gpu += 1) if (!used.has(gpu)) gpus.push(gpu);
    for (const gpu of gpus) this.usedGpus.set(environment, used.add(gpu));
    const release = (): void => {
      this.count(environment, needs, -1);
      for (const gpu of gpus) used.delete(gpu);
      if (used.size === 0) this.usedGpus.delete(environment);
    };
    return { environment, gpus, release };
  }

  private count(environment: ComputeEnvironment, { vcpus, memoryMiB }: Needs, sign: 1 | -1): void {
    this.running += sign;
    this.usedVcpus += sign * vcpus;
    this.usedMemoryMiB += sign * memoryMiB;
    environment.usedVcpus += sign * vcpus;
  }
}

/** Whether there are ever enough GPUs, in all instances and in the one where the job is. */
export const hasGpusFor = ({ inAll, inOne }: GpuOffer, { gpus, gpusTogether }: Needs): boolean =>
  gpus <= inAll && gpusTogether <= inOne;

/** Whether a job could ever run there. */
export const couldFit = ({ state, resources }: ComputeEnvironment, needs: Needs): boolean =>
  state === 'ENABLED' && needs.vcpus <= resources.maxvCpus && hasGpusFor(resources.gpus, needs);
