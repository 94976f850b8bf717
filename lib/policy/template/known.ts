/** What is not known before the deployment. @internal */
export const UNKNOWN = Symbol('unknown');

/** What a resource of the same template is or has. @internal */
export class Reference {
  public constructor(public readonly logicalId: string) {}
}

/** Text of which only some parts are known before the deployment. @internal */
export class Parts {
  /** Texts, references, and what is not known. */
  public readonly all: readonly unknown[];

  public constructor(parts: readonly unknown[]) {
    this.all = parts.flatMap((part) => (part instanceof Parts ? part.all : [part]));
  }

  /** What it begins with. */
  public get beginning(): string {
    const first = this.all.findIndex((part) => typeof part !== 'string');
    return this.all.slice(0, first === -1 ? undefined : first).join('');
  }
}

/** Whether a value has fields that can be read. @internal */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Reference) &&
  !(value instanceof Parts);

/** A section of a template, or a resource of it. @internal */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
