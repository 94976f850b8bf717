import type { World } from '../../core/world';
import type { Plan, Stack } from './stack';
import type { StackStore } from './stack-store';
import { holds } from '../template/conditions';
import { templateError, validationError } from '../template/errors';
import { isRecord } from '../../core/json';
import { referencesOf } from '../template/references';
import type { Scope } from '../template/scope';
import { noValue } from '../template/scope';
import type { Template } from '../template/template';

/** The scope of a stack, and which exports of other stacks were asked for in it. */
export interface StackScope extends Scope {
  readonly imports: ReadonlySet<string>;
}

/** What the functions of a template answer while it becomes the stack. */
export const stackScope = (
  world: World,
  store: StackStore,
  stack: Stack,
  plan: Pick<Plan, 'template' | 'parameters'>,
  zones: readonly string[],
): StackScope => {
  const { template, parameters } = plan;
  const imports = new Set<string>();
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': world.account,
    'AWS::NoValue': noValue,
    'AWS::NotificationARNs': [],
    'AWS::Partition': world.partition,
    'AWS::Region': world.region,
    'AWS::StackId': stack.head.id,
    'AWS::StackName': stack.head.name,
    'AWS::URLSuffix': 'amazonaws.com',
  };

  const physical = (logicalId: string) => {
    const condition = Object.hasOwn(template.resources, logicalId)
      ? template.resources[logicalId].condition
      : undefined;
    const active = condition === undefined || scope.condition(condition);
    const found = active ? stack.resources.get(logicalId)?.physical : undefined;
    if (found === undefined) throw templateError(`resource ${logicalId} does not exist in this stack`);
    return found;
  };

  const scope: StackScope = {
    imports,
    ref: (name) => {
      if (name in pseudo) return pseudo[name];
      return Object.hasOwn(parameters, name) ? parameters[name].resolved : physical(name).id;
    },
    attribute: (logicalId, attribute) => {
      const { attributes } = physical(logicalId);
      if (!(attribute in attributes)) {
        const type = template.resources[logicalId].type;
        throw templateError(
          `resource ${logicalId} (${type}) does not support attribute type ${attribute} in Fn::GetAtt; ` +
            `known are ${Object.keys(attributes).join(', ') || 'none'}`,
        );
      }
      return attributes[attribute];
    },
    condition: (name) => holds(template.conditions[name], scope),
    mapping: (name, first, second) => {
      const map = template.mappings[name];
      const level = isRecord(map) ? map[first] : undefined;
      const value = isRecord(level) ? level[second] : undefined;
      if (value === undefined) throw templateError(`Unable to get mapping for ${name}::${first}::${second}`);
      return value;
    },
    importValue: (exportName) => {
      const found = store.exports().find((output) => output.exportName === exportName);
      if (found === undefined) throw validationError(`No export named ${exportName} found.`);
      imports.add(exportName);
      return found.value;
    },
    availabilityZones: (region) => {
      if (region !== '' && region !== world.region) {
        throw templateError(`Fn::GetAZs knows the region ${world.region} only, got ${JSON.stringify(region)}`);
      }
      return zones;
    },
  };
  return scope;
};

/** The zones that `Fn::GetAZs` answers; asked for only when the template needs them. */
export const zonesFor = async (
  template: Template,
  describe: () => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  const parts = [Object.values(template.resources).map(({ properties }) => properties), template.outputs];
  return referencesOf([parts, template.conditions]).functions.has('Fn::GetAZs') ? describe() : [];
};
