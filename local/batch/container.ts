import type { Input } from '../core/service';
import type { NodePlace } from './nodes';

export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** A variable whose value is fetched when a container starts. */
export interface Secret {
  readonly name: string;
  readonly valueFrom: string;
}

export interface ResourceRequirement {
  readonly type: 'VCPU' | 'MEMORY' | 'GPU';
  readonly value: string;
}

/** What a container waits for before it starts. */
export interface ContainerDependency {
  readonly containerName: string;
  readonly condition: 'START' | 'COMPLETE' | 'SUCCESS';
}

/** One container of a job definition, or of a job after its overrides. */
export interface Container {
  readonly name: string;
  /** When it ends, the others of its task are stopped, and its exit code is that of the job. */
  readonly essential: boolean;
  readonly dependsOn: readonly ContainerDependency[];
  /** Takes the logs of the others in AWS; here those go where all logs go, and it does not run. */
  readonly isLogRouter: boolean;
  /** Between the polite and the other signal. */
  readonly stopTimeoutSeconds: number;
  readonly image: string;
  readonly command: readonly string[];
  readonly environment: readonly Variable[];
  readonly secrets: readonly Secret[];
  readonly requirements: readonly ResourceRequirement[];
  /** The deprecated way to ask for capacity. */
  readonly vcpus?: number;
  readonly memory?: number;
  readonly jobRoleArn?: string;
  readonly executionRoleArn?: string;
  readonly logDriver: string;
  readonly logOptions: Readonly<Record<string, string>>;
  /** All properties as requested, those without an effect on a host process included. */
  readonly described: Input;
  /** What counts for all containers of its task, as requested: volumes, the platform. */
  readonly task: Input;
  /** Names of requested properties that a host process does not get. */
  readonly notApplied: readonly string[];
  /** Of a container of a multi-node job. */
  readonly node?: NodePlace;
}

/** What a job needs to be placed. */
export interface Needs {
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly gpus: number;
  /** The GPUs that it needs on one instance: each node of a multi-node job has an instance of its own. */
  readonly gpusTogether: number;
}

const requirement = (container: Container, type: ResourceRequirement['type']): number | undefined => {
  const found = container.requirements.find((entry) => entry.type === type);
  return found === undefined ? undefined : Number(found.value);
};

const sumOf = (containers: readonly Container[], read: (container: Container) => number | undefined): number =>
  containers.reduce((sum, container) => sum + (read(container) ?? 0), 0);

/** The GPUs that a container asks for. */
export const gpusOf = (container: Container): number => requirement(container, 'GPU') ?? 0;

const gpusTogether = (containers: readonly Container[]): number => {
  const byNode = new Map<number | undefined, number>();
  for (const one of containers) byNode.set(one.node?.index, (byNode.get(one.node?.index) ?? 0) + gpusOf(one));
  return Math.max(0, ...byNode.values());
};

export const needsOf = (containers: readonly Container[]): Needs => ({
  vcpus: sumOf(containers, (one) => requirement(one, 'VCPU') ?? one.vcpus),
  memoryMiB: sumOf(containers, (one) => requirement(one, 'MEMORY') ?? one.memory),
  gpus: sumOf(containers, gpusOf),
  gpusTogether: gpusTogether(containers),
});
