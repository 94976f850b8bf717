import { setResourceStatus } from '../stack/event-log';
import type { StackScope } from '../stack/scope';
import type { StackResource } from '../stack/stack';
import { evaluateMap } from '../template/evaluate';
import { dependenciesOf } from '../template/check';
import { inOrder, visitAll } from '../template/graph';
import { sameValue } from '../template/json';
import type { ResourceDefinition, Template } from '../template/template';
import { checkDefinition } from './checked-type';
import type { Deployment } from './deployment';
import { reasonOf } from './failure';
import { createResource, ResourceFailure, updateResource } from './provision';
import { removeResource } from './remove';

/** A former physical resource that must go once the stack is what it should be. */
export interface Discarded {
  readonly resource: StackResource;
  readonly removal: 'removed' | 'replaced';
}

/** How a stack's resources became those of a template, and the way back. */
export interface Changeover {
  readonly discarded: readonly Discarded[];
  /** Resources that failed; empty when all went well. */
  readonly failed: readonly StackResource[];
  /** One step back for each step that was taken, in the order they were taken; false: it did not work. */
  readonly undo: readonly (() => Promise<boolean>)[];
}

/** The resources of a template whose condition holds. */
const activeResources = (template: Template, scope: StackScope): ReadonlyMap<string, ResourceDefinition> =>
  new Map([...template.resources].filter(([, { condition }]) => condition === undefined || scope.condition(condition)));

const begin = (
  deployment: Deployment,
  definition: ResourceDefinition,
  dependencies: readonly string[],
): StackResource => ({
  definition,
  dependencies,
  properties: {},
  physical: undefined,
  status: '',
  reason: undefined,
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

/** Makes and changes resources until the stack has those of the template; deletes none. */
export const changeOver = async (
  deployment: Deployment,
  template: Template,
  scope: StackScope,
): Promise<Changeover> => {
  const { store, stack } = deployment;
  const active = activeResources(template, scope);
  const discarded: Discarded[] = [];
  const undo: (() => Promise<boolean>)[] = [];
  const failed: StackResource[] = [...refuse(deployment, active)];

  const cancel = (resource: StackResource): void => {
    setResourceStatus(store, stack, resource, 'CREATE_FAILED', 'Resource creation cancelled');
  };

  const add = async (resource: StackResource): Promise<void> => {
    const { definition } = resource;
    stack.resources.set(definition.logicalId, resource);
    await createResource(deployment, resource, () => evaluateMap(definition.properties, scope));
    undo.push(() => removeResource(deployment, resource, definition.deletionPolicy));
    if (failed.length > 0) cancel(resource);
    else setResourceStatus(store, stack, resource, 'CREATE_COMPLETE');
  };

  const restore = (former: StackResource, resource: StackResource) => async (): Promise<boolean> => {
    const { logicalId } = former.definition;
    if (resource.physical?.id !== former.physical?.id) {
      const removed = await removeResource(deployment, resource, resource.definition.deletionPolicy, 'replaced');
      stack.resources.set(logicalId, former);
      return removed;
    }
    const back = { ...former };
    stack.resources.set(logicalId, back);
    return updateResource(deployment, resource, back).then(
      () => true,
      () => false,
    );
  };

  const alter = async (former: StackResource, resource: StackResource): Promise<void> => {
    const { logicalId, properties } = resource.definition;
    stack.resources.set(logicalId, resource);
    resource.properties = evaluateMap(properties, scope);
    if (sameValue(resource.properties, former.properties)) return;
    undo.push(restore(former, resource));
    await updateResource(deployment, former, resource);
    if (resource.physical?.id !== former.physical?.id) discarded.push({ resource: former, removal: 'replaced' });
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
    const resource = { ...begin(deployment, definition, dependencies.get(id) ?? []), ...kept(before) };
    try {
      await (before === undefined ? add(resource) : alter(before, resource));
      return failed.length === 0;
    } catch (error) {
      failed.push(resource);
      if (error instanceof ResourceFailure) return false;
      const verb = before === undefined ? 'CREATE' : 'UPDATE';
      setResourceStatus(store, stack, resource, `${verb}_FAILED`, reasonOf(error));
      return false;
    }
  });

  for (const id of inOrder(new Map([...former].map(([name, { dependencies: needs }]) => [name, needs])))) {
    const resource = former.get(id);
    if (resource !== undefined && !active.has(id)) discarded.push({ resource, removal: 'removed' });
  }
  return { discarded, failed, undo };
};

/** What a changed resource keeps of its former self. */
const kept = (before: StackResource | undefined): Partial<StackResource> =>
  before === undefined
    ? {}
    : {
        properties: before.properties,
        physical: before.physical,
        status: before.status,
        reason: before.reason,
        time: before.time,
      };
