/** What is not known before the deployment. @internal */
export const UNKNOWN = Symbol('unknown');

/** What a resource of the same template is or has. @internal */
export class Reference {
  public constructor(public readonly logicalId: string) {}
}

/** Text of which only the beginning is known before the deployment. @internal */
export class Beginning {
  public constructor(public readonly text: string) {}
}

/** Whether a value has fields that can be read. @internal */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Reference) &&
  !(value instanceof Beginning);

/** A section of a template, or a resource of it. @internal */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
