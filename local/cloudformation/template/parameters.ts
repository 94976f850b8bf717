import { notSupported } from '../../core/errors';
import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { templateError, validationError } from './errors';
import { isRecord } from '../../core/json';
import { entriesOf, isList } from './json';

/** The value of a template parameter in a stack. */
export interface Parameter {
  /** As given by the caller or by the default. */
  readonly value: string;
  /** What `Ref` answers. */
  readonly resolved: string | readonly string[];
  readonly fromStore: boolean;
  readonly hidden: boolean;
}

export type Parameters = Readonly<Record<string, Parameter>>;

const storeType = /^AWS::SSM::Parameter::Value<(.+)>$/;
const resourceIdType = /^AWS::(EC2|Route53|SSM)::[A-Za-z0-9:]+$/;

const isListType = (type: string): boolean => type === 'CommaDelimitedList' || type.startsWith('List<');

const checkType = (name: string, type: string): void => {
  const inner = /^List<(.+)>$/.exec(type)?.[1] ?? type;
  if (['String', 'Number', 'CommaDelimitedList'].includes(inner) || resourceIdType.test(inner)) return;
  throw notSupported(`the type ${type} of parameter ${name}`);
};

const checkValue = (name: string, declared: Reader, value: string): void => {
  const refuse = (rule: string): Error =>
    validationError(`Parameter '${name}' must ${rule}, got ${JSON.stringify(value)}`);
  const allowed = declared.list('AllowedValues').map(String);
  if (allowed.length > 0 && !allowed.includes(value)) throw refuse(`be one of [${allowed.join(', ')}]`);
  const pattern = declared.optionalText('AllowedPattern');
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) throw refuse(`match pattern ${pattern}`);
  if (value.length < (declared.optionalNumber('MinLength') ?? 0)) throw refuse('contain more characters');
  if (value.length > (declared.optionalNumber('MaxLength') ?? Infinity)) throw refuse('contain fewer characters');
  if (declared.text('Type') !== 'Number') return;
  if (Number.isNaN(Number(value))) throw refuse('be a number');
  if (Number(value) < (declared.optionalNumber('MinValue') ?? -Infinity)) throw refuse('be greater');
  if (Number(value) > (declared.optionalNumber('MaxValue') ?? Infinity)) throw refuse('be smaller');
};

const split = (type: string, value: string): string | readonly string[] =>
  isListType(type) ? value.split(',').map((entry) => entry.trim()) : value;

/** Values for the parameters of a stack, as the `Parameters` of a request give them. */
export const givenParameters = (
  given: readonly Reader[],
  previous: Parameters,
): ReadonlyMap<string, string | undefined> =>
  new Map(
    given.map((entry) => {
      const name = entry.text('ParameterKey');
      return [
        name,
        entry.flag('UsePreviousValue')
          ? Object.hasOwn(previous, name)
            ? previous[name].value
            : undefined
          : entry.optionalText('ParameterValue'),
      ];
    }),
  );

/** Gives every declared parameter its value; `stored` reads the SSM parameter store. */
export const resolveParameters = async (
  declared: Input,
  given: ReadonlyMap<string, string | undefined>,
  stored: (name: string) => Promise<string>,
): Promise<Parameters> => {
  const unknown = [...given.keys()].filter((name) => !(name in declared));
  if (unknown.length > 0) throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const missing: string[] = [];
  const parameters: Record<string, Parameter> = {};
  for (const [name, raw] of entriesOf(declared)) {
    if (!isRecord(raw)) throw templateError(`parameter ${name} must be an object`);
    const declaration = new Reader(raw, `Parameters.${name}`, 'ValidationError');
    const type = declaration.text('Type');
    const inner = storeType.exec(type)?.[1];
    checkType(name, inner ?? type);
    const fallback = isList(raw.Default) ? raw.Default.join(',') : declaration.optionalText('Default');
    const value = given.get(name) ?? fallback;
    if (value === undefined) {
      missing.push(name);
      continue;
    }
    checkValue(name, declaration, value);
    const text = inner === undefined ? value : await stored(value);
    parameters[name] = {
      value,
      resolved: split(inner ?? type, text),
      fromStore: inner !== undefined,
      hidden: declaration.flag('NoEcho'),
    };
  }
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  return parameters;
};
