import { availableParallelism, totalmem } from 'node:os';
import type { ComputeEnvironment } from './compute-environment';
import type { Needs } from './container';

/** What this machine can give to jobs. */
export type Machine = Omit<Needs, 'gpus'>;

export const thisMachine = (): Machine => ({
  vcpus: availableParallelism(),
  memoryMiB: Math.floor(totalmem() / 2 ** 20),
});

/** Counts what running jobs take from their compute environments and, all together, from the machine. */
export class Capacity {
  private usedVcpus = 0;
  private usedMemoryMiB = 0;
  private running = 0;

  constructor(private readonly machine: Machine) {}

  /** A job that is larger than the machine runs alone. */
  machineHasRoom({ vcpus, memoryMiB }: Needs): boolean {
    if (this.running === 0) return true;
    return this.usedVcpus + vcpus <= this.machine.vcpus && this.usedMemoryMiB + memoryMiB <= this.machine.memoryMiB;
  }

  /** Takes what a job needs; the function returned gives it back. */
  take(environment: ComputeEnvironment, needs: Needs): () => void {
    this.count(environment, needs, 1);
    return () => {
      this.count(environment, needs, -1);
    };
  }

  private count(environment: ComputeEnvironment, { vcpus, memoryMiB }: Needs, sign: 1 | -1): void {
    this.running += sign;
    this.usedVcpus += sign * vcpus;
    this.usedMemoryMiB += sign * memoryMiB;
    environment.usedVcpus += sign * vcpus;
  }
}

/** Whether a job could ever run there. */
export const couldFit = (environment: ComputeEnvironment, { vcpus, gpus }: Needs): boolean =>
  environment.state === 'ENABLED' &&
  vcpus <= environment.resources.maxvCpus &&
  (gpus === 0 || environment.resources.hasGpus);

export const hasRoom = (environment: ComputeEnvironment, needs: Needs): boolean =>
  couldFit(environment, needs) && environment.usedVcpus + needs.vcpus <= environment.resources.maxvCpus;
