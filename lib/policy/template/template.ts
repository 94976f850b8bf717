import { Intrinsics } from './intrinsics';
import { jsonOf } from './json';
import { fieldsOf, isRecord, Parts, Reference, UNKNOWN } from './known';

/** A template of CloudFormation, of whichever library or hand. @internal */
export class Template {
  /** Its resources, without those whose condition does not hold. */
  public readonly resources: readonly Resource[];

  private readonly intrinsics: Intrinsics;

  public constructor(text: string) {
    const root = fieldsOf(JSON.parse(text));
    const resources = fieldsOf(root.Resources);
    this.intrinsics = new Intrinsics({
      parameters: fieldsOf(root.Parameters),
      mappings: fieldsOf(root.Mappings),
      conditions: fieldsOf(root.Conditions),
      resources,
    });
    this.resources = Object.entries(resources).flatMap(([logicalId, raw]) => {
      const { Type: type, Condition: condition, ...parts } = fieldsOf(raw);
      if (typeof type !== 'string' || this.intrinsics.condition(condition) === false) return [];
      const [properties, metadata] = ['Properties', 'Metadata'].map(
        (part) => new Value(this, logicalId, part, parts[part] ?? {}),
      );
      return [{ logicalId, type, properties, metadata }];
    });
  }

  /** The resources of one type. */
  public ofType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** A value as it is after the deployment, as far as it is known. */
  public evaluate(raw: unknown): unknown {
    return this.intrinsics.evaluate(raw);
  }
}

/** A resource of a template. @internal */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Value;
  readonly metadata: Value;
}

/** A place in a resource, and what is known of it before the deployment. @internal */
export class Value {
  private readonly known: unknown;

  public constructor(
    private readonly template: Template,
    /** Resource that it is a part of. */
    public readonly logicalId: string,
    /** Where in the resource, such as `Properties.ComputeResources.MaxvCpus`. */
    public readonly path: string,
    raw: unknown,
  ) {
    this.known = template.evaluate(raw);
  }

  /** Whether nothing is given: what is only known at deploy time is not absent. */
  public get isAbsent(): boolean {
    return this.known === undefined || this.known === null;
  }

  /** The path below the properties of the resource. */
  public get name(): string {
    return this.path.replace(/^Properties\./, '');
  }

  /** What is given, for people. */
  public get shown(): string {
    if (this.isAbsent) return `${this.name} is not given`;
    if (this.known instanceof Reference) return `${this.name} is ${this.known.logicalId}`;
    if (this.known === UNKNOWN) return `${this.name} is given at deploy time`;
    const text = JSON.stringify(this.known);
    return `${this.name} is ${text.length > 80 ? `${text.slice(0, 80)}...` : text}`;
  }

  public get text(): string | undefined {
    if (typeof this.known === 'number' || typeof this.known === 'boolean') return String(this.known);
    return typeof this.known === 'string' ? this.known : undefined;
  }

  /** What a text begins with, as far as that is known. */
  public get beginning(): string | undefined {
    return this.known instanceof Parts ? this.known.beginning : this.text;
  }

  /** JSON in a text; references in it refer to what they refer to here. */
  public get json(): Value {
    return new Value(this.template, this.logicalId, this.path, jsonOf(this.known));
  }

  /** What a text ends with, as far as that is known. */
  public get ending(): string | undefined {
    const last: unknown = this.known instanceof Parts ? this.known.all.at(-1) : this.text;
    return typeof last === 'string' ? last : undefined;
  }

  public get number(): number | undefined {
    const { text } = this;
    return text === undefined || text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
  }

  /** True or false; CloudFormation takes both as text as well. */
  public get flag(): boolean | undefined {
    return this.text === 'true' ? true : this.text === 'false' ? false : undefined;
  }

  /** The values of a list without those that are left out; nothing if it is known at deploy time only. */
  public get items(): readonly Value[] | undefined {
    if (this.isAbsent) return [];
    if (!Array.isArray(this.known)) return undefined;
    return this.known.map((_, index) => this.at(String(index))).filter((value) => !value.isAbsent);
  }

  /** Texts of a list that are known, and whether all are. */
  public get texts(): readonly string[] {
    return (this.items ?? []).flatMap(({ text }) => text ?? []);
  }

  /** The fields, as far as they are known. */
  public get fields(): readonly (readonly [string, Value])[] {
    return isRecord(this.known) ? Object.keys(this.known).map((key) => [key, this.at(key)] as const) : [];
  }

  /** The resource of the same template that it refers to. */
  public get target(): Resource | undefined {
    const { known } = this;
    if (!(known instanceof Reference)) return undefined;
    return this.template.resources.find(({ logicalId }) => logicalId === known.logicalId);
  }

  /** Whether two values are the same beyond doubt. */
  public equals(other: Value): boolean {
    if (this.known instanceof Reference && other.known instanceof Reference) {
      return this.known.logicalId === other.known.logicalId;
    }
    return this.text !== undefined && this.text === other.text;
  }

  /** A value inside of it: of what is known at deploy time only, nothing is known. */
  public at(...steps: readonly string[]): Value {
    if (steps.length === 0) return this;
    const [step, ...rest] = steps;
    const { known } = this;
    const raw: unknown = Array.isArray(known)
      ? known[Number(step)]
      : isRecord(known)
        ? known[step]
        : this.isAbsent
          ? undefined
          : UNKNOWN;
    return new Value(this.template, this.logicalId, `${this.path}.${step}`, raw).at(...rest);
  }
}
