import type { Stack, StackResource } from '../stack/stack';
import { reversed, visitAll } from '../template/graph';
import type { RemovalPolicy } from '../template/template';
import type { Removal } from '../types/resource-type';
import type { Deployment } from './deployment';
import { removeResource } from './remove';

/** A physical resource that must go. */
export interface Discarded {
  readonly resource: StackResource;
  readonly policy: RemovalPolicy;
  readonly removal: Removal;
}

/**
 * Deletes resources, each before those that it was made from, and answers the ids of those that could not be deleted.
 * What such a one was made from stays too, unless all have to be tried.
 */
export const discard = async (
  deployment: Deployment,
  discarded: readonly Discarded[],
  isTrying: 'all' | 'until it fails',
): Promise<readonly string[]> => {
  const { stack } = deployment;
  // One logical id may stand for several physical resources.
  const keysOf = (logicalId: string): readonly string[] =>
    discarded.flatMap(({ resource }, key) => (resource.definition.logicalId === logicalId ? [String(key)] : []));
  const graph = new Map(
    discarded.map(({ resource }, key) => [String(key), resource.dependencies.flatMap(keysOf)] as const),
  );
  const stuck: string[] = [];
  await visitAll(reversed(graph), async (key) => {
    const { resource, policy, removal } = discarded[Number(key)];
    const { logicalId } = resource.definition;
    const isGone = await removeResource(deployment, resource, policy, removal);
    if (!isGone) stuck.push(logicalId);
    else if (removal === 'removed') stack.resources.delete(logicalId);
    return isGone || isTrying === 'all';
  });
  return stuck;
};

/** Resources that an operation replaced, and whose replacement took their place already. */
export const replacedIn = (stack: Stack): readonly StackResource[] =>
  Object.entries(stack.head.former?.resources ?? {}).flatMap(([id, was]) => {
    const now = stack.resources.get(id);
    return now !== undefined && now.physical?.id !== was.physical?.id ? [was] : [];
  });

/** Remembers what is neither the stack's former nor its present resource, until it can be deleted. */
export const discardLater = (stack: Stack, resource: StackResource): void => {
  const { former } = stack.head;
  if (former === undefined) return;
  stack.set({ former: { ...former, replacements: [...former.replacements, resource] } });
};
