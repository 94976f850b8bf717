import type { Input } from '../../core/service';
import type { PhysicalResource } from '../types/resource-type';
import type { Parameters } from '../template/parameters';
import type { ResourceDefinition, Template } from '../template/template';

/** A resource of a stack: declared, and once it was created, physical. */
export interface StackResource {
  readonly definition: ResourceDefinition;
  /** Resources that it was made from, by logical id. */
  dependencies: readonly string[];
  /** Its properties with all functions applied. */
  properties: Input;
  physical: PhysicalResource | undefined;
  status: string;
  reason: string | undefined;
  time: Date;
}

export interface StackEvent {
  readonly EventId: string;
  readonly StackId: string;
  readonly StackName: string;
  readonly OperationId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
  readonly ResourceType: string;
  readonly Timestamp: Date;
  readonly ResourceStatus: string;
  readonly ResourceStatusReason?: string;
  readonly ClientRequestToken?: string;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
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
  readonly roleArn: string | undefined;
}

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly created: Date;
  readonly plan: Plan;
  readonly changes: readonly Change[];
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly reason: string | undefined;
}

/** A stack, from its first change set to after its deletion. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly created: Date;
  updated: Date | undefined;
  deleted: Date | undefined;
  status: string;
  reason: string | undefined;
  /** Undefined until a change set was executed. */
  plan: Plan | undefined;
  outputs: readonly StackOutput[];
  /** Names of other stacks' exports that this stack was made from. */
  imports: ReadonlySet<string>;
  protected: boolean;
  readonly resources: Map<string, StackResource>;
  readonly changeSets: Map<string, ChangeSet>;
  /** Newest first. */
  readonly events: StackEvent[];
  operationId: string;
  token: string | undefined;
  /** Ends when the running operation ends; never rejects. */
  running: Promise<void> | undefined;
}

/** Whether an operation has not ended yet. */
export const isBusy = (stack: Stack): boolean =>
  stack.status.endsWith('_IN_PROGRESS') && stack.status !== 'REVIEW_IN_PROGRESS';
