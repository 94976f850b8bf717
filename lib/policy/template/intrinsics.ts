import { conditionOf } from './conditions';
import { fieldsOf, isRecord, Parts, Reference, UNKNOWN } from './known';

/** What intrinsic functions may refer to. @internal */
export interface Sections {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mappings: Readonly<Record<string, unknown>>;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, unknown>>;
}

/** Evaluates the intrinsic functions of one template as far as they are known before the deployment. @internal */
export class Intrinsics {
  private readonly functions: ReadonlyMap<string, (argument: unknown) => unknown> = new Map([
    ['Ref', (name) => this.refer(name)],
    ['Fn::GetAtt', (path) => this.attribute(path)],
    ['Fn::If', (branches) => this.choose(branches)],
    ['Fn::Join', (parts) => this.join(parts)],
    ['Fn::Sub', (text) => this.substitute(text)],
    ['Fn::Select', (choice) => this.select(choice)],
    ['Fn::Split', (parts) => this.split(parts)],
    ['Fn::FindInMap', (keys) => this.find(keys)],
  ]);

  public constructor(private readonly sections: Sections) {}

  /** A value as it is after the deployment: one level of it. Encoded text is left to the reader. */
  public evaluate(raw: unknown): unknown {
    if (!isRecord(raw)) return raw;
    const [[name, argument], ...others] = [...Object.entries(raw), ['', undefined] as const];
    if (others.length > 1 || !/^(Ref$|Fn::)/.test(name) || name === 'Fn::Base64') return raw;
    const evaluate = this.functions.get(name);
    return evaluate === undefined ? UNKNOWN : evaluate(argument);
  }

  /** Whether a condition holds; nothing if that depends on the deployment. */
  public condition(name: unknown): boolean | undefined {
    return conditionOf(this.sections.conditions, name, (raw) => this.evaluate(raw));
  }

  private refer(name: unknown): unknown {
    if (typeof name !== 'string') return UNKNOWN;
    if (name === 'AWS::NoValue') return undefined;
    if (name in this.sections.resources) return new Reference(name);
    const { Type: type, Default: value } = fieldsOf(this.sections.parameters[name]);
    // A parameter has its default unless the deployment says otherwise; that of a parameter of SSM is a name only.
    if (value === undefined || typeof type !== 'string' || type.startsWith('AWS::SSM')) return UNKNOWN;
    return /^(List<|CommaDelimitedList)/.test(type) && typeof value === 'string' ? value.split(',') : value;
  }

  private attribute(path: unknown): unknown {
    const logicalId: unknown = typeof path === 'string' ? path.split('.')[0] : this.list(path)?.[0];
    return typeof logicalId === 'string' && logicalId in this.sections.resources ? new Reference(logicalId) : UNKNOWN;
  }

  private choose(branches: unknown): unknown {
    const [condition, then, otherwise] = this.list(branches) ?? [];
    const holds = this.condition(condition);
    return holds === undefined ? UNKNOWN : this.evaluate(holds ? then : otherwise);
  }

  private join(argument: unknown): unknown {
    const [separator, list] = this.list(argument) ?? [];
    const parts = this.list(list);
    if (typeof separator !== 'string' || parts === undefined) return UNKNOWN;
    return concatenated(
      parts.map((part) => this.evaluate(part)).filter((part) => part !== undefined),
      separator,
    );
  }

  private substitute(argument: unknown): unknown {
    const [text, variables] = typeof argument === 'string' ? [argument, undefined] : (this.list(argument) ?? []);
    if (typeof text !== 'string') return UNKNOWN;
    // Every other piece is a name.
    const pieces = text.split(/\$\{([^!}][^}]*)\}/).map((piece, index) => {
      if (index % 2 === 0) return piece.replaceAll('${!', '${');
      const given = fieldsOf(variables)[piece];
      if (given !== undefined) return this.evaluate(given);
      return piece.includes('.') ? this.attribute(piece) : this.refer(piece);
    });
    return concatenated(pieces, '');
  }

  private select(argument: unknown): unknown {
    const [index, list] = this.list(argument) ?? [];
    const position = Number(this.evaluate(index));
    const values = this.list(this.evaluate(list));
    return values === undefined || !(position in values) ? UNKNOWN : this.evaluate(values[position]);
  }

  private split(argument: unknown): unknown {
    const [separator, text] = this.list(argument) ?? [];
    const known = this.evaluate(text);
    return typeof separator === 'string' && typeof known === 'string' ? known.split(separator) : UNKNOWN;
  }

  private find(argument: unknown): unknown {
    const keys = this.list(argument)?.map((key) => this.evaluate(key)) ?? [];
    const [map, first, second] = keys.map((key) => (typeof key === 'string' ? key : ''));
    const found = fieldsOf(fieldsOf(this.sections.mappings[map])[first])[second];
    return found === undefined ? UNKNOWN : found;
  }

  private list(raw: unknown): readonly unknown[] | undefined {
    const value: unknown = Array.isArray(raw) ? raw : this.evaluate(raw);
    return Array.isArray(value) ? value : undefined;
  }
}

/** Text as far as it is known. */
function concatenated(parts: readonly unknown[], separator: string): unknown {
  const texts = parts.map((part) => (typeof part === 'number' ? String(part) : part));
  if (texts.every((part) => typeof part === 'string')) return texts.join(separator);
  return new Parts(texts.flatMap((part, index) => (index === 0 || separator === '' ? [part] : [separator, part])));
}
