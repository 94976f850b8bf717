import { setResourceStatus } from '../stack/event-log';
import type { StackScope } from '../stack/scope';
import type { StackResource } from '../stack/stack';
import { evaluateMap } from '../template/evaluate';
import { dependenciesOf } from '../template/check';
import { visitAll } from '../template/graph';
import { sameValue } from '../template/json';
import type { ResourceDefinition, Template } from '../template/template';
import { checkDefinition, typeOf } from './checked-type';
import type { Deployment } from './deployment';
import { discardLater } from './discard';
import { reasonOf } from './failure';
import { createResource, ResourceFailure, updateResource } from './provision';
import { withStackTags } from './stack-tags';

/** The resources of a template whose condition holds. */
export const activeResources = (template: Template, scope: StackScope): ReadonlyMap<string, ResourceDefinition> =>
  new Map(
    Object.entries(template.resources).filter(
      ([, { condition }]) => condition === undefined || scope.condition(condition),
    ),
  );

const begin = (
  deployment: Deployment,
  definition: ResourceDefinition,
  dependencies: readonly string[],
): StackResource => ({
  definition,
  dependencies,
  properties: {},
  status: '',
  time: deployment.store.now(),
});

/** Marks all resources that cannot work, before anything is made. */
const refuse = (
  deployment: Deployment,
  definitions: ReadonlyMap<string, ResourceDefinition>,
): readonly StackResource[] => {
  const { store, stack, types } = deployment;
  return [...definitions.values()].flatMap((definition) => {
    try {
      checkDefinition(types, definition);
      return [];
    } catch (error) {
      const former = stack.resources.get(definition.logicalId);
      const resource = { ...(former ?? begin(deployment, definition, [])), definition };
      stack.resources.set(definition.logicalId, resource);
      const verb = former === undefined ? 'CREATE' : 'UPDATE';
      setResourceStatus(store, stack, resource, `${verb}_FAILED`, reasonOf(error));
      return [resource];
    }
  });
};

/** What a changed resource keeps of its former self. */
const kept = ({ properties, physical, status, reason, time }: StackResource): Partial<StackResource> => ({
  ...{ properties, physical, status, reason, time },
});

/** Makes and changes resources until the stack has those of the template; deletes none. Answers those that failed. */
export const changeOver = async (
  deployment: Deployment,
  template: Template,
  scope: StackScope,
): Promise<readonly StackResource[]> => {
  const { store, stack, types } = deployment;
  const active = activeResources(template, scope);
  const failed: StackResource[] = [...refuse(deployment, active)];

  const add = async (resource: StackResource): Promise<void> => {
    const { definition } = resource;
    stack.resources.set(definition.logicalId, resource);
    await createResource(deployment, resource, () => evaluateMap(definition.properties, scope));
    if (failed.length === 0) setResourceStatus(store, stack, resource, 'CREATE_COMPLETE');
    else setResourceStatus(store, stack, resource, 'CREATE_FAILED', 'Resource creation cancelled');
  };

  const alter = async (before: StackResource, resource: StackResource): Promise<void> => {
    const { logicalId } = resource.definition;
    const evaluated = evaluateMap(resource.definition.properties, scope);
    resource.properties = withStackTags(deployment, typeOf(types, resource.definition), evaluated);
    stack.resources.set(logicalId, resource);
    const hasFailed = before.status.endsWith('_FAILED');
    if (sameValue(resource.properties, before.properties) && !hasFailed) return;
    // What a change that failed has brought about is not known.
    const base = hasFailed ? (stack.head.former?.resources[logicalId] ?? before) : before;
    await updateResource(deployment, { ...base, physical: before.physical }, resource);
    const isReplaced = resource.physical?.id !== before.physical?.id;
    const stable = stack.head.former?.resources[logicalId]?.physical?.id;
    if (isReplaced && before.physical !== undefined && before.physical.id !== stable) discardLater(stack, before);
  };

  const dependencies = new Map(
    [...active].map(([id, definition]) => [
      id,
      dependenciesOf(template, definition, (name) => scope.condition(name)).filter((name) => active.has(name)),
    ]),
  );
  const former = new Map(stack.resources);

  await visitAll(dependencies, async (id) => {
    const definition = active.get(id);
    if (definition === undefined || failed.length > 0) return false;
    const before = former.get(id);
    const exists = before?.physical !== undefined;
    const resource = {
      ...begin(deployment, definition, dependencies.get(id) ?? []),
      ...(before?.physical === undefined ? {} : kept(before)),
    };
    try {
      await (exists ? alter(before, resource) : add(resource));
      return failed.length === 0;
    } catch (error) {
      failed.push(resource);
      if (error instanceof ResourceFailure) return false;
      setResourceStatus(store, stack, resource, `${exists ? 'UPDATE' : 'CREATE'}_FAILED`, reasonOf(error));
      return false;
    }
  });
  return failed;
};
