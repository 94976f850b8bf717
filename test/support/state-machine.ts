import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';

/** A state in the Amazon States Language. */
export interface State extends Readonly<Record<string, unknown>> {
  readonly Type: string;
}

/** A state machine in the Amazon States Language. */
export interface Definition {
  readonly QueryLanguage?: string;
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, State>>;
}

/** The definition of the only state machine of a stack; `${Id}` and `${Id.Attribute}` stand for what CloudFormation fills in. */
export function definitionOf(stack: Stack): Definition {
  const machines = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'));
  if (machines.length !== 1) throw new Error(`the stack has ${machines.length} state machines`);
  const definition: unknown = JSON.parse(textOf(valueAt(machines[0], 'Properties', 'DefinitionString')));
  if (!isDefinition(definition)) throw new Error('the state machine has no states');
  return definition;
}

/** A state on its own, without the cost of a template. */
export function stateOf(state: sfn.State): State {
  const json = readable(Stack.of(state).resolve(state.toStateJson()));
  if (!isState(json)) throw new Error(`${state.node.path} is no state`);
  return json;
}

/** A value of a template with `${...}` for what CloudFormation fills in. */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && /^(Ref$|Fn::)/.test(keys[0])) return textOf(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}

/** What is found in a value by these names, one inside of the other. */
export const valueAt = (value: unknown, ...names: readonly string[]): unknown => names.reduce(propertyOf, value);

/** A text of a template with `${...}` for what CloudFormation fills in. */
export function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const join = propertyOf(value, 'Fn::Join');
  if (Array.isArray(join) && Array.isArray(join[1])) return join[1].map(textOf).join(String(join[0]));
  const ref = propertyOf(value, 'Ref');
  if (typeof ref === 'string') return `\${${ref}}`;
  const attribute = propertyOf(value, 'Fn::GetAtt');
  if (Array.isArray(attribute)) return `\${${attribute.join('.')}}`;
  const select = propertyOf(value, 'Fn::Select');
  if (Array.isArray(select)) return `\${part ${select[0]} of ${textOf(select[1])}}`;
  const split = propertyOf(value, 'Fn::Split');
  if (Array.isArray(split)) return `${textOf(split[1])} by '${split[0]}'`;
  return JSON.stringify(value);
}

function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function isDefinition(value: unknown): value is Definition {
  return typeof propertyOf(value, 'States') === 'object' && typeof propertyOf(value, 'StartAt') === 'string';
}

function isState(value: unknown): value is State {
  return typeof propertyOf(value, 'Type') === 'string';
}
