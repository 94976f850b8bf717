import type { Input } from '../core/service';

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

/** Container properties of a job definition, or of a job after its overrides. */
export interface Container {
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
  /** Names of requested properties that a host process does not get. */
  readonly notApplied: readonly string[];
}

/** What a job needs to be placed. */
export interface Needs {
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly gpus: number;
}

const requirement = (container: Container, type: ResourceRequirement['type']): number | undefined => {
  const found = container.requirements.find((entry) => entry.type === type);
  return found === undefined ? undefined : Number(found.value);
};

export const needsOf = (container: Container): Needs => ({
  vcpus: requirement(container, 'VCPU') ?? container.vcpus ?? 0,
  memoryMiB: requirement(container, 'MEMORY') ?? container.memory ?? 0,
  gpus: requirement(container, 'GPU') ?? 0,
});
