import { notSupported } from '../../core/errors';
import type { Input } from '../../core/service';
import { templateError, validationError } from './errors';
import { isRecord } from '../../core/json';
import { entriesOf, isList } from './json';

const removalPolicies = ['Delete', 'Retain', 'RetainExceptOnCreate'] as const;
export type RemovalPolicy = (typeof removalPolicies)[number];

/** One resource as the template declares it. */
export interface ResourceDefinition {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Input;
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  readonly deletionPolicy: RemovalPolicy;
  readonly updateReplacePolicy: RemovalPolicy;
  readonly metadata?: unknown;
}

/** A template, its sections read but no function applied. */
export interface Template {
  readonly body: string;
  readonly description?: string;
  readonly parameters: Input;
  readonly mappings: Input;
  readonly conditions: Input;
  readonly rules: Input;
  readonly outputs: Input;
  readonly resources: Readonly<Record<string, ResourceDefinition>>;
}

const sections = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Rules',
  'Resources',
  'Outputs',
];

const attributes = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Metadata',
];

const removalPolicy = (value: unknown, where: string): RemovalPolicy => {
  const policy = removalPolicies.find((name) => name === (value ?? 'Delete'));
  if (policy === undefined) {
    throw notSupported(`${where} ${JSON.stringify(value)}`, `use one of ${removalPolicies.join(', ')}`);
  }
  return policy;
};

const namesIn = (value: unknown, where: string): readonly string[] => {
  const names = value === undefined ? [] : isList(value) ? value : [value];
  return names.map((name) => {
    if (typeof name !== 'string') throw templateError(`${where} must be a name or a list of names`);
    return name;
  });
};

const readResource = (logicalId: string, declared: unknown): ResourceDefinition => {
  if (!isRecord(declared)) throw templateError(`resource ${logicalId} must be an object`);
  const unknown = Object.keys(declared).find((name) => !attributes.includes(name));
  if (unknown !== undefined) throw notSupported(`the attribute ${unknown} of resource ${logicalId}`);
  const { Type: type, Properties: properties = {}, Condition: condition } = declared;
  if (typeof type !== 'string') throw templateError(`resource ${logicalId} must have a Type`);
  if (!isRecord(properties)) throw templateError(`the Properties of resource ${logicalId} must be an object`);
  return {
    logicalId,
    type,
    properties,
    dependsOn: namesIn(declared.DependsOn, `DependsOn of resource ${logicalId}`),
    condition: namesIn(condition, `Condition of resource ${logicalId}`)[0],
    deletionPolicy: removalPolicy(declared.DeletionPolicy, `the DeletionPolicy of ${logicalId}:`),
    updateReplacePolicy: removalPolicy(declared.UpdateReplacePolicy, `the UpdateReplacePolicy of ${logicalId}:`),
    metadata: declared.Metadata,
  };
};

const parseBody = (body: string): Input => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw validationError(`Template format error: only JSON templates are supported, and this is not JSON: ${reason}`);
  }
  if (!isRecord(parsed)) throw validationError('Template format error: the template must be an object');
  return parsed;
};

const section = (parsed: Input, name: string): Input => {
  const value = parsed[name] ?? {};
  if (!isRecord(value)) throw templateError(`${name} must be an object`);
  return value;
};

/** Reads a template's text; references are checked by `checkTemplate`. */
export const parseTemplate = (body: string): Template => {
  const parsed = parseBody(body);
  const unknown = Object.keys(parsed).find((name) => !sections.includes(name));
  if (unknown !== undefined) throw notSupported(`the template section ${unknown}`, `known are ${sections.join(', ')}`);
  const resources = entriesOf(section(parsed, 'Resources'));
  if (resources.length === 0) {
    throw validationError('Template format error: At least one Resources member must be defined.');
  }
  return {
    body,
    description: typeof parsed.Description === 'string' ? parsed.Description : undefined,
    parameters: section(parsed, 'Parameters'),
    mappings: section(parsed, 'Mappings'),
    conditions: section(parsed, 'Conditions'),
    rules: section(parsed, 'Rules'),
    outputs: section(parsed, 'Outputs'),
    resources: Object.fromEntries(
      resources.map(([logicalId, declared]) => [logicalId, readResource(logicalId, declared)]),
    ),
  };
};
