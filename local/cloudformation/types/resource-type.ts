import type { Reader } from '../../core/reader';
import type { Input, Output } from '../../core/service';
import type { ResourceSchema } from '../schema/schema';
import type { Named } from './names';

/** What `Fn::GetAtt` answers, by attribute. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A resource that exists: `id` is what `Ref` answers. */
export interface PhysicalResource {
  readonly id: string;
  readonly attributes: Attributes;
}

/** A resource that exists, together with the properties it was made from. */
export interface ExistingResource extends PhysicalResource {
  readonly properties: Reader;
}

/** What a resource type may use. */
export interface ResourceContext extends Named {
  readonly stackId: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** Calls a service in the name of the stack's role. */
  call(service: string, operation: string, input: Input): Promise<Output>;
  arn(service: string, resource: string): string;
}

/** Why a resource goes: with its stack or template entry, for another one took its place, or its update was rolled back. */
export type Removal = 'removed' | 'replaced' | 'undone';

/** One type of the closed list. */
export interface ResourceType {
  readonly type: string;
  /** Its service keeps and shows it, but nothing acts on it: no call is allowed or refused because of it. */
  readonly inert?: true;
  /** What AWS says about it; by default from its published schemas. A type without a schema takes anything. */
  readonly schema?: ResourceSchema;
  /** The part of the schema's properties that it takes, when that is not all; any other one fails the resource. */
  readonly properties?: readonly string[];
  /** Properties that AWS changes in place and this endpoint does not: a change fails by name. */
  readonly fixed?: readonly string[];
  create(properties: Reader, context: ResourceContext): Promise<PhysicalResource>;
  /** Changes the resource in place. An answer with another id is a replacement: the old one is deleted afterwards. */
  update?(existing: ExistingResource, properties: Reader, context: ResourceContext): Promise<PhysicalResource>;
  delete(existing: ExistingResource, context: ResourceContext, removal: Removal): Promise<void>;
}

/** The closed list of resource types, by name. */
export type ResourceTypes = ReadonlyMap<string, ResourceType>;
