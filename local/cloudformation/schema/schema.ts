/** What a property may hold. */
export type ValueType =
  | 'boolean'
  | 'integer'
  | 'json'
  | 'number'
  | 'string'
  | { readonly enum: readonly string[] }
  | { readonly list: ValueType }
  | { readonly map: ValueType }
  | { readonly any: readonly ValueType[] }
  /** The name of a shape of the same schema. */
  | { readonly shape: string };

/** An object with named members. */
export interface Shape {
  readonly properties: Readonly<Record<string, ValueType>>;
  readonly required?: readonly string[];
}

/** What AWS's schema says about a resource type. */
export interface ResourceSchema extends Shape {
  /** Properties whose change makes a new resource. */
  readonly replacing?: readonly string[];
  /** Properties whose change may make a new resource. */
  readonly maybeReplacing?: readonly string[];
  /** The property that takes tags, as a list of keys and values or as a map. */
  readonly tags?: { readonly property: string; readonly as: 'list' | 'map' };
  readonly shapes: Readonly<Record<string, Shape>>;
}
