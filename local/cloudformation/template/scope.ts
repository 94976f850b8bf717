/** What the functions of a template can ask for. */
export interface Scope {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(name: string, first: string, second: string): unknown;
  importValue(exportName: string): unknown;
  availabilityZones(region: string): readonly string[];
}

/** What `AWS::NoValue` evaluates to: the property or list entry disappears. */
export const noValue: unique symbol = Symbol('AWS::NoValue');
