import { AwsError } from '../../core/errors';
import type { Input } from '../../core/service';
import { functionCall } from '../template/function-call';
import { isRecord } from '../../core/json';
import { isList } from '../template/json';
import type { ResourceSchema, Shape, ValueType } from './schema';

const kinds: Readonly<Record<string, string>> = {
  boolean: 'Boolean',
  number: 'Number',
  object: 'JSONObject',
  string: 'String',
};

const kindOf = (value: unknown): string => {
  if (isList(value)) return 'JSONArray';
  if (value === null) return 'Null';
  return Number.isInteger(value) ? 'Integer' : (kinds[typeof value] ?? typeof value);
};

/** CloudFormation takes a scalar for another one that it can be read as. */
const isNumber = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)));
const scalars: Readonly<Record<string, { readonly name: string; readonly is: (value: unknown) => boolean }>> = {
  boolean: { name: 'Boolean', is: (value) => ['true', 'false'].includes(String(value).toLowerCase()) },
  integer: { name: 'Integer', is: (value) => isNumber(value) && Number.isInteger(Number(value)) },
  number: { name: 'Number', is: isNumber },
  string: { name: 'String', is: (value) => ['string', 'number', 'boolean'].includes(typeof value) },
};

/** What is wrong with a value, one line for each mistake. What a function gives is not known yet, and not wrong. */
const mistakesIn = (value: unknown, type: ValueType, schema: ResourceSchema, path: string): readonly string[] => {
  const wrong = (expected: string) => [`${path}: expected type: ${expected}, found: ${kindOf(value)}`];
  if (value === undefined || type === 'json' || functionCall(value) !== undefined) return [];
  if (typeof type === 'string') {
    const scalar = scalars[type];
    return scalar.is(value) ? [] : wrong(scalar.name);
  }
  if ('enum' in type) {
    if (typeof value !== 'string') return wrong('String');
    // CDK writes some enumerations in lower case, and CloudFormation takes both.
    const isKnown = type.enum.some((known) => known.toLowerCase() === value.toLowerCase());
    return isKnown ? [] : [`${path}: ${value} is not a valid enum value`];
  }
  if ('list' in type) {
    if (!isList(value)) return wrong('JSONArray');
    return value.flatMap((entry, index) => mistakesIn(entry, type.list, schema, `${path}/${index}`));
  }
  if ('any' in type) {
    const each = type.any.map((one) => mistakesIn(value, one, schema, path));
    return each.some((mistakes) => mistakes.length === 0)
      ? []
      : [`${path}: #: no subschema matched out of the total ${type.any.length} subschemas`];
  }
  if (!isRecord(value)) return wrong('JSONObject');
  if ('map' in type) {
    return Object.entries(value).flatMap(([key, entry]) => mistakesIn(entry, type.map, schema, `${path}/${key}`));
  }
  return mistakesInShape(value, schema.shapes[type.shape], schema, path);
};

const mistakesInShape = (value: Input, shape: Shape, schema: ResourceSchema, path: string): readonly string[] => [
  ...(shape.required ?? [])
    .filter((name) => value[name] === undefined)
    .map((name) => `${path}: required key [${name}] not found`),
  ...Object.entries(value).flatMap(([name, entry]) =>
    Object.hasOwn(shape.properties, name)
      ? mistakesIn(entry, shape.properties[name], schema, `${path}/${name}`)
      : [`${path}: extraneous key [${name}] is not permitted`],
  ),
];

/** Refuses properties that AWS's schema does not allow, in the words of CloudFormation. */
export const validateProperties = (logicalId: string, schema: ResourceSchema, properties: Input): void => {
  const mistakes = mistakesInShape(properties, schema, schema, '#');
  if (mistakes.length === 0) return;
  throw new AwsError(
    'InvalidRequest',
    `Properties validation failed for resource ${logicalId} with message:\n${mistakes.join('\n')}`,
  );
};
