import { templateError } from './errors';
import { splitCidr } from './cidr';
import { isList } from './json';
import type { Scope } from './scope';
import { noValue } from './scope';
import { substitute, substitutionOf } from './substitution';

/** A function gets its argument as written: it decides itself what is evaluated, so that `Fn::If` is lazy. */
type TemplateFunction = (argument: unknown, scope: Scope, evaluate: (value: unknown) => unknown) => unknown;

const text = (value: unknown, where: string): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw templateError(`${where} must be a string, got ${value === undefined ? 'nothing' : JSON.stringify(value)}`);
};

const listOf = (value: unknown, where: string, length?: number): readonly unknown[] => {
  if (!isList(value) || (length !== undefined && value.length !== length)) {
    throw templateError(`${where} must be a list${length === undefined ? '' : ` of ${length} entries`}`);
  }
  return value;
};

/** `["Resource", "Attribute"]` or `"Resource.Attribute"`. */
export const attributeReference = (argument: unknown): readonly [string, unknown] => {
  if (typeof argument === 'string') {
    const [logicalId = '', ...attribute] = argument.split('.');
    return [logicalId, attribute.join('.')];
  }
  const [logicalId, attribute] = listOf(argument, 'Fn::GetAtt', 2);
  return [text(logicalId, 'the resource of Fn::GetAtt'), attribute];
};

const choose: TemplateFunction = (argument, scope, evaluate) => {
  const [condition, whenTrue, whenFalse] = listOf(argument, 'Fn::If', 3);
  return evaluate(scope.condition(text(condition, 'the condition of Fn::If')) ? whenTrue : whenFalse);
};

const select: TemplateFunction = (argument, _scope, evaluate) => {
  const [at, from] = listOf(argument, 'Fn::Select', 2);
  const index = Number(text(evaluate(at), 'the index of Fn::Select'));
  const entries = listOf(evaluate(from), 'the second argument of Fn::Select');
  const entry = entries[index];
  if (entry === undefined) {
    throw templateError(`Fn::Select cannot select the index ${index} of a list with ${entries.length} entries`);
  }
  return entry;
};

const join: TemplateFunction = (argument, _scope, evaluate) => {
  const [separator, entries] = listOf(argument, 'Fn::Join', 2);
  return listOf(evaluate(entries), 'the second argument of Fn::Join')
    .map((entry) => text(entry, 'each entry of Fn::Join'))
    .join(text(separator, 'the separator of Fn::Join'));
};

const split: TemplateFunction = (argument, _scope, evaluate) => {
  const [separator, source] = listOf(argument, 'Fn::Split', 2);
  return text(evaluate(source), 'the second argument of Fn::Split').split(
    text(separator, 'the separator of Fn::Split'),
  );
};

const sub: TemplateFunction = (argument, scope, evaluate) => {
  const { text: source, values } = substitutionOf(argument);
  return substitute(source, (name) => {
    if (Object.hasOwn(values, name)) return text(evaluate(values[name]), `\${${name}} of Fn::Sub`);
    const value = name.includes('.') ? scope.attribute(...attributeOf(name)) : scope.ref(name);
    return text(value, `\${${name}} of Fn::Sub`);
  });
};

const attributeOf = (name: string): [string, string] => {
  const [logicalId, attribute] = attributeReference(name);
  return [logicalId, text(attribute, 'the attribute of Fn::Sub')];
};

const getAtt: TemplateFunction = (argument, scope, evaluate) => {
  const [logicalId, attribute] = attributeReference(argument);
  return scope.attribute(logicalId, text(evaluate(attribute), 'the attribute of Fn::GetAtt'));
};

const findInMap: TemplateFunction = (argument, scope, evaluate) => {
  const [name, first, second] = listOf(argument, 'Fn::FindInMap', 3).map((key) =>
    text(evaluate(key), 'each key of Fn::FindInMap'),
  );
  return scope.mapping(name, first, second);
};

const cidr: TemplateFunction = (argument, _scope, evaluate) => {
  const [block, count, hostBits] = listOf(argument, 'Fn::Cidr', 3).map((part) =>
    text(evaluate(part), 'each argument of Fn::Cidr'),
  );
  return splitCidr(block, Number(count), Number(hostBits));
};

/** The closed list of functions that give a value; those that give a condition are in `conditions.ts`. */
export const functions: Readonly<Partial<Record<string, TemplateFunction>>> = {
  Ref: (argument, scope) => scope.ref(text(argument, 'Ref')),
  'Fn::Base64': (argument, _scope, evaluate) =>
    Buffer.from(text(evaluate(argument), 'Fn::Base64'), 'utf8').toString('base64'),
  'Fn::Cidr': cidr,
  'Fn::FindInMap': findInMap,
  'Fn::GetAtt': getAtt,
  'Fn::GetAZs': (argument, scope, evaluate) => scope.availabilityZones(text(evaluate(argument), 'Fn::GetAZs')),
  'Fn::If': choose,
  'Fn::ImportValue': (argument, scope, evaluate) => scope.importValue(text(evaluate(argument), 'Fn::ImportValue')),
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::Sub': sub,
};

export const isPresent = (value: unknown): boolean => value !== noValue && value !== undefined;
