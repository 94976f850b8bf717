import { changedProperties, recreationOf } from '../deployment/checked-type';
import type { ResourceTypes } from '../types/resource-type';
import type { Collection } from '../../core/collection';
import type { Change, Plan, StackResource } from '../stack/stack';
import { sameValue } from '../template/json';
import { referencesOf } from '../template/references';
import type { ResourceDefinition } from '../template/template';

const resolvedIn = ({ parameters }: Plan, isMeant: (name: string) => boolean = () => true): unknown =>
  Object.entries(parameters).flatMap(([name, { resolved }]) => (isMeant(name) ? [[name, resolved]] : []));

/** What a resource's functions are applied to, as far as it is outside of the resource. */
const surroundings = (plan: Plan, definition: ResourceDefinition): unknown => {
  const { names, conditions, mappings } = referencesOf(definition.properties);
  return {
    parameters: resolvedIn(plan, (name) => names.has(name)),
    // A condition may use any parameter: cheaper to be careful than to follow it.
    conditions:
      conditions.size === 0 && definition.condition === undefined
        ? undefined
        : [plan.template.conditions, resolvedIn(plan)],
    mappings: [...mappings].map((name) => plan.template.mappings[name]),
  };
};

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
  const direct = changedProperties(before.properties, after.properties);
  const indirect = !sameValue(surroundings(former, before), surroundings(plan, after))
    ? Object.keys(after.properties).filter((name) => !direct.includes(name))
    : [];
  const metadata = !sameValue(before.metadata, after.metadata);
  const policies =
    before.deletionPolicy !== after.deletionPolicy || before.updateReplacePolicy !== after.updateReplacePolicy;
  if (direct.length + indirect.length === 0 && !metadata && !policies) return undefined;
  const type = types.get(after.type);
  const recreation = (name: string) => (type === undefined ? 'Always' : recreationOf(type, name));
  const detail = (source: string) => (name: string) => ({
    Target: { Attribute: 'Properties', Name: name, RequiresRecreation: recreation(name) },
    Evaluation: source === 'DirectModification' ? 'Static' : 'Dynamic',
    ChangeSource: source,
  });
  const recreations = direct.map(recreation);
  return entry('Modify', after, {
    PhysicalResourceId: physicalId,
    Replacement: recreations.includes('Always')
      ? 'True'
      : recreations.includes('Conditionally') || indirect.some((name) => recreation(name) !== 'Never')
        ? 'Conditional'
        : 'False',
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
  resources: Collection<StackResource>,
  isActive: (definition: ResourceDefinition) => boolean,
): readonly Change[] => {
  const changes: Change[] = [];
  for (const definition of Object.values(plan.template.resources)) {
    if (!isActive(definition)) continue;
    const existing = resources.get(definition.logicalId);
    const before = existing?.definition;
    if (existing === undefined || before === undefined || former === undefined) {
      changes.push(entry('Add', definition, {}));
      continue;
    }
    const change = modification(types, former, plan, before, definition, existing.physical?.id);
    if (change !== undefined) changes.push(change);
  }
  for (const { definition, physical } of resources.values()) {
    const after = plan.template.resources;
    if (Object.hasOwn(after, definition.logicalId) && isActive(after[definition.logicalId])) continue;
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
  !sameValue(resolvedIn(former), resolvedIn(plan));
