import { conditionFunctions } from './conditions';
import { validationError } from './errors';
import { knownFunction } from './evaluate';
import { inOrder } from './graph';
import { isRecord } from '../../core/json';
import { entriesOf } from './json';
import type { References } from './references';
import { referencesOf } from './references';
import type { ResourceDefinition, Template } from './template';

/** Names that are there without being declared. */
const pseudoParameters = [
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
] as const;

const formatError = (message: string): Error => validationError(`Template format error: ${message}`);

const missing = (names: Iterable<string>, known: (name: string) => boolean): string | undefined => {
  const unknown = [...names].filter((name) => !known(name));
  return unknown.length === 0 ? undefined : unknown.join(', ');
};

const checkConditionNames = (template: Template, used: Iterable<string>, where: string): void => {
  const unknown = missing(used, (name) => name in template.conditions);
  if (unknown !== undefined) throw formatError(`Unresolved condition dependency ${unknown} in the ${where}`);
};

const checkReferences = (template: Template, references: References, where: string): void => {
  references.functions.forEach((name) => {
    if (!(name in conditionFunctions)) knownFunction(name);
  });
  const unknown =
    missing(references.attributes, (name) => Object.hasOwn(template.resources, name)) ??
    missing(
      references.names,
      (name) =>
        Object.hasOwn(template.resources, name) ||
        name in template.parameters ||
        pseudoParameters.some((known) => known === name),
    );
  if (unknown !== undefined) throw formatError(`Unresolved resource dependencies [${unknown}] in the ${where}`);
  checkConditionNames(template, references.conditions, where);
  const mapping = missing(references.mappings, (name) => name in template.mappings);
  if (mapping !== undefined) throw formatError(`Unresolved mapping ${mapping} in the ${where}`);
};

const checkResource = (template: Template, resource: ResourceDefinition): void => {
  const where = `Resources block of the template (${resource.logicalId})`;
  checkReferences(template, referencesOf(resource.properties), where);
  const unknown = missing(resource.dependsOn, (name) => Object.hasOwn(template.resources, name));
  if (unknown !== undefined) throw formatError(`Unresolved resource dependencies [${unknown}] in the ${where}`);
  checkConditionNames(template, resource.condition === undefined ? [] : [resource.condition], where);
};

const checkConditions = (template: Template): void => {
  const graph = new Map(
    Object.entries(template.conditions).map(([name, expression]) => [name, conditionsIn(expression)] as const),
  );
  for (const [name, expression] of Object.entries(template.conditions)) {
    const where = `Conditions block of the template (${name})`;
    checkReferences(template, referencesOf(expression), where);
    checkConditionNames(template, graph.get(name) ?? [], where);
  }
  inOrder(graph);
};

/** Names in `{ "Condition": name }`, at any depth. */
const conditionsIn = (expression: unknown): readonly string[] => {
  if (Array.isArray(expression)) return expression.flatMap(conditionsIn);
  if (!isRecord(expression)) return [];
  return Object.entries(expression).flatMap(([key, value]) =>
    key === 'Condition' && typeof value === 'string' ? [value] : conditionsIn(value),
  );
};

/** What a resource needs before itself: what it refers to and what it names in DependsOn. */
export const dependenciesOf = (
  template: Template,
  resource: ResourceDefinition,
  chosen?: (condition: string) => boolean,
): readonly string[] => {
  const { names } = referencesOf(resource.properties, chosen);
  return [...new Set([...names, ...resource.dependsOn])].filter((name) => Object.hasOwn(template.resources, name));
};

/** Refuses a template that names what is not there, or whose resources wait for each other. */
export const checkTemplate = (template: Template): void => {
  checkConditions(template);
  for (const resource of Object.values(template.resources)) checkResource(template, resource);
  for (const [name, output] of entriesOf(template.outputs)) {
    const where = `Outputs block of the template (${name})`;
    if (!isRecord(output)) throw formatError(`output ${name} must be an object`);
    checkReferences(template, referencesOf(output), where);
    if (typeof output.Condition === 'string') checkConditionNames(template, [output.Condition], where);
  }
  inOrder(
    new Map(Object.entries(template.resources).map(([id, resource]) => [id, dependenciesOf(template, resource)])),
  );
};
