import { changesInPlace } from '../deployment/provision';
import type { ResourceType, ResourceTypes } from '../types/resource-type';
import type { Change, Plan, StackResource } from '../stack/stack';
import { sameValue } from '../template/json';
import { referencesOf } from '../template/references';
import type { ResourceDefinition } from '../template/template';

/** What a resource's functions are applied to, as far as it is outside of the resource. */
const surroundings = (plan: Plan, definition: ResourceDefinition): unknown => {
  const { names, conditions, mappings } = referencesOf(definition.properties);
  return {
    parameters: [...names].map((name) => plan.parameters.get(name)?.resolved),
    // A condition may use any parameter: cheaper to be careful than to follow it.
    conditions:
      conditions.size === 0 && definition.condition === undefined
        ? undefined
        : [plan.template.conditions, [...plan.parameters].map(([name, { resolved }]) => [name, resolved])],
    mappings: [...mappings].map((name) => plan.template.mappings[name]),
  };
};

const unlike = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): readonly string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => !sameValue(one[name], other[name]));

const recreation = (type: ResourceType | undefined, name: string): 'Always' | 'Never' =>
  type !== undefined && changesInPlace(type, {}, { [name]: true }) ? 'Never' : 'Always';

const entry = (action: string, definition: ResourceDefinition, more: Readonly<Record<string, unknown>>): Change => ({
  Type: 'Resource',
  ResourceChange: {
    Action: action,
    LogicalResourceId: definition.logicalId,
    ResourceType: definition.type,
    Scope: [],
    Details: [],
    ...more,
  },
});

const modification = (
  types: ResourceTypes,
  former: Plan,
  plan: Plan,
  before: ResourceDefinition,
  after: ResourceDefinition,
  physicalId: string | undefined,
): Change | undefined => {
  const direct = unlike(before.properties, after.properties);
  const indirect = !sameValue(surroundings(former, before), surroundings(plan, after))
    ? Object.keys(after.properties).filter((name) => !direct.includes(name))
    : [];
  const metadata = !sameValue(before.metadata, after.metadata);
  const policies =
    before.deletionPolicy !== after.deletionPolicy || before.updateReplacePolicy !== after.updateReplacePolicy;
  if (direct.length + indirect.length === 0 && !metadata && !policies) return undefined;
  const type = types.get(after.type);
  const detail = (source: string) => (name: string) => ({
    Target: { Attribute: 'Properties', Name: name, RequiresRecreation: recreation(type, name) },
    Evaluation: source === 'DirectModification' ? 'Static' : 'Dynamic',
    ChangeSource: source,
  });
  const replaces = direct.some((name) => recreation(type, name) === 'Always');
  return entry('Modify', after, {
    PhysicalResourceId: physicalId,
    Replacement: replaces ? 'True' : indirect.length > 0 ? 'Conditional' : 'False',
    Scope: [
      ...(direct.length + indirect.length > 0 ? ['Properties'] : []),
      ...(metadata ? ['Metadata'] : []),
      ...(policies ? ['DeletionPolicy'] : []),
    ],
    Details: [...direct.map(detail('DirectModification')), ...indirect.map(detail('ParameterReference'))],
  });
};

/** What would change in a stack, seen from the templates and parameters alone. */
export const changesBetween = (
  types: ResourceTypes,
  former: Plan | undefined,
  plan: Plan,
  resources: ReadonlyMap<string, StackResource>,
  isActive: (definition: ResourceDefinition) => boolean,
): readonly Change[] => {
  const changes: Change[] = [];
  for (const definition of plan.template.resources.values()) {
    if (!isActive(definition)) continue;
    const existing = resources.get(definition.logicalId);
    const before = former?.template.resources.get(definition.logicalId);
    if (existing === undefined || before === undefined || former === undefined) {
      changes.push(entry('Add', definition, {}));
      continue;
    }
    const change = modification(types, former, plan, before, definition, existing.physical?.id);
    if (change !== undefined) changes.push(change);
  }
  for (const { definition, physical } of resources.values()) {
    const after = plan.template.resources.get(definition.logicalId);
    if (after !== undefined && isActive(after)) continue;
    const PolicyAction = definition.deletionPolicy === 'Delete' ? 'Delete' : 'Retain';
    changes.push(entry('Remove', definition, { PhysicalResourceId: physical?.id, PolicyAction }));
  }
  return changes;
};

/** Whether anything but resources differs, such as an output. */
export const differsOutsideResources = (former: Plan | undefined, plan: Plan): boolean =>
  former === undefined ||
  !sameValue(former.template.outputs, plan.template.outputs) ||
  !sameValue(former.tags, plan.tags) ||
  !sameValue(
    [...former.parameters].map(([name, { resolved }]) => [name, resolved]),
    [...plan.parameters].map(([name, { resolved }]) => [name, resolved]),
  );
