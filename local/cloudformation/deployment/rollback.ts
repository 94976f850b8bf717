import { randomUUID } from 'node:crypto';
import { setResourceStatus, setStackStatus } from '../stack/event-log';
import type { Former, StackResource } from '../stack/stack';
import { visitAll } from '../template/graph';
import { sameValue } from '../template/json';
import type { Deployment } from './deployment';
import { discard, discardLater } from './discard';
import { updateResource } from './provision';

/** How a rollback is asked for. */
export interface RollbackOptions {
  /** Resources that are taken as rolled back. */
  readonly skipped?: readonly string[];
  /** Removes new resources although their policy is `Retain`. */
  readonly removesRetained?: boolean;
}

/** Gives one resource its former self; answers whether that worked. */
const restore = async (
  deployment: Deployment,
  was: StackResource,
  { skipped = [] }: RollbackOptions,
): Promise<boolean> => {
  const { store, stack } = deployment;
  const { logicalId } = was.definition;
  const now = stack.resources.get(logicalId);
  const back = { ...was };
  const wasTouched = now !== undefined && now.time !== was.time;
  stack.resources.set(logicalId, back);
  if (now?.physical !== undefined && now.physical.id !== was.physical?.id) {
    discardLater(stack, now);
  } else if (now !== undefined && !skipped.includes(logicalId) && !sameValue(now.properties, was.properties)) {
    return updateResource(deployment, now, back).then(
      () => true,
      () => {
        // The next try begins with what there is.
        stack.resources.set(logicalId, { ...now, status: back.status, reason: back.reason, time: back.time });
        return false;
      },
    );
  }
  if (wasTouched) setResourceStatus(store, stack, back, 'UPDATE_COMPLETE');
  return true;
};

/** Deletes what the operation made; answers the ids of what could not be deleted. */
const removeNew = (deployment: Deployment, removesRetained: boolean): Promise<readonly string[]> => {
  const { stack } = deployment;
  const { plan, resources = {}, replacements = [] }: Partial<Former> = stack.head.former ?? {};
  const fresh = [...stack.resources.values()].filter(({ definition }) => !(definition.logicalId in resources));
  const policyOf = ({ definition: { deletionPolicy } }: StackResource) =>
    removesRetained && deletionPolicy === 'Retain' ? 'Delete' : deletionPolicy;
  const discarded = [
    ...fresh.map((resource) => ({ resource, policy: policyOf(resource), removal: 'removed' as const })),
    ...replacements.map((resource) => ({ resource, policy: policyOf(resource), removal: 'undone' as const })),
  ];
  return discard(deployment, discarded, plan === undefined ? 'until it fails' : 'all');
};

/** Gives the stack its former resources, and then removes what is new. */
export const rollBack = async (
  deployment: Deployment,
  reason: string,
  options: RollbackOptions = {},
): Promise<void> => {
  const { store, stack } = deployment;
  const former: Former = stack.head.former ?? { resources: {}, replacements: [] };
  const status = former.plan === undefined ? 'ROLLBACK' : 'UPDATE_ROLLBACK';
  stack.set({ operationId: randomUUID() });
  setStackStatus(store, stack, `${status}_IN_PROGRESS`, reason);
  const stuck: string[] = [];
  const graph = new Map(Object.entries(former.resources).map(([id, { dependencies }]) => [id, dependencies]));
  await visitAll(graph, async (id) => {
    const isBack = await restore(deployment, former.resources[id], options);
    if (!isBack) stuck.push(id);
    return isBack;
  });
  const fail = (verb: string, ids: readonly string[]): void => {
    setStackStatus(
      store,
      stack,
      `${status}_FAILED`,
      `The following resource(s) failed to ${verb}: [${ids.join(', ')}].`,
    );
  };
  if (stuck.length > 0) {
    fail('update', stuck);
    return;
  }
  if (former.plan !== undefined) setStackStatus(store, stack, `${status}_COMPLETE_CLEANUP_IN_PROGRESS`);
  const left = await removeNew(deployment, options.removesRetained === true);
  if (left.length > 0 && former.plan === undefined) {
    fail('delete', left);
    return;
  }
  for (const id of left) stack.resources.delete(id);
  stack.set({ former: undefined, plan: former.plan ?? stack.head.plan });
  setStackStatus(store, stack, `${status}_COMPLETE`, reason);
};
