import type { Collection } from '../../core/collection';
import type { Input, Principal } from '../../core/service';
import type { World } from '../../core/world';
import type { PhysicalResource } from '../types/resource-type';
import type { Parameters } from '../template/parameters';
import type { ResourceDefinition, Template } from '../template/template';

/** A resource of a stack: declared, and once it was created, physical. */
export interface StackResource {
  readonly definition: ResourceDefinition;
  /** Resources that it was made from, by logical id. */
  readonly dependencies: readonly string[];
  /** Its properties with all functions applied; dynamic references stay as they are written. */
  properties: Input;
  physical?: PhysicalResource;
  status: string;
  reason?: string;
  /** Milliseconds since 1970, as all times of a stack. */
  time: number;
}

export interface StackEvent {
  readonly id: string;
  readonly operationId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly time: number;
  readonly status: string;
  readonly reason?: string;
  readonly token?: string;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** One difference between two templates, in the API's shape. */
export type Change = Readonly<Record<string, unknown>>;

/** A template with its parameter values, ready to become the stack. */
export interface Plan {
  readonly template: Template;
  readonly parameters: Parameters;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly string[];
  readonly roleArn?: string;
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly created: number;
  readonly plan: Plan;
  readonly changes: readonly Change[];
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly reason?: string;
}

/** What a stack goes back to when an operation fails. */
export interface Former {
  /** Undefined for a stack that is being created. */
  readonly plan?: Plan;
  readonly resources: Readonly<Record<string, StackResource>>;
  /** What took the place of former resources, and must go now that they are back. */
  readonly replacements: readonly StackResource[];
}

/** A stack without its resources, change sets and events. */
export interface StackHead {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly updated?: number;
  readonly deleted?: number;
  readonly status: string;
  readonly reason?: string;
  /** Undefined until a change set was executed. */
  readonly plan?: Plan;
  /** There while the stack is neither what its plan says nor what it was. */
  readonly former?: Former;
  readonly outputs: readonly StackOutput[];
  /** Names of other stacks' exports that this stack was made from. */
  readonly imports: readonly string[];
  readonly isProtected: boolean;
  readonly keepsFailed: boolean;
  readonly operationId: string;
  /** In whose name the operation works. */
  readonly principal?: Principal;
  /** Of the request that began the operation. */
  readonly token?: string;
}

/** A stack, from its first change set to after its deletion. */
export class Stack {
  readonly resources: Collection<StackResource>;
  readonly changeSets: Collection<ChangeSet>;
  /** Oldest first. */
  readonly events: Collection<StackEvent>;
  /** Ends when the running operation ends; never rejects. */
  running: Promise<void> | undefined;

  constructor(
    world: World,
    private readonly heads: Collection<StackHead>,
    private present: StackHead,
  ) {
    this.resources = world.collection(`cloudformation/resources of ${present.id}`);
    this.changeSets = world.collection(`cloudformation/change sets of ${present.id}`);
    this.events = world.collection(`cloudformation/events of ${present.id}`);
  }

  get head(): StackHead {
    return this.present;
  }

  set(change: Partial<StackHead>): void {
    this.present = { ...this.present, ...change };
    this.heads.set(this.present.id, this.present);
  }

  /** Whether an operation has not ended yet. */
  get isBusy(): boolean {
    return this.head.status.endsWith('_IN_PROGRESS') && this.head.status !== 'REVIEW_IN_PROGRESS';
  }
}
