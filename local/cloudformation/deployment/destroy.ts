import { setStackStatus } from '../stack/event-log';
import type { Deployment } from './deployment';
import { discard, replacedIn } from './discard';
import { policyOfOld } from './remove';

/** Why a stack cannot go: another one was made from what it exports. */
const exportInUse = ({ store, stack }: Deployment): string | undefined => {
  for (const { exportName } of stack.head.outputs) {
    const users = exportName === undefined ? '' : store.importers(exportName, stack);
    if (users !== '') return `Cannot delete export ${exportName ?? ''} as it is in use by ${users}.`;
  }
  return undefined;
};

/** Deletes all resources of a stack, each before those that it was made from, and then the stack. */
export const destroyStack = async (deployment: Deployment, retained: readonly string[]): Promise<void> => {
  const { store, stack } = deployment;
  setStackStatus(store, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  const used = exportInUse(deployment);
  if (used !== undefined) {
    setStackStatus(store, stack, 'DELETE_FAILED', used);
    return;
  }
  const others = [...replacedIn(stack), ...(stack.head.former?.replacements ?? [])];
  const discarded = [
    ...[...stack.resources.values()].map((resource) => ({ resource, removal: 'removed' as const })),
    ...others.map((resource) => ({ resource, removal: 'replaced' as const })),
  ].map((entry) => {
    const { logicalId, deletionPolicy } = entry.resource.definition;
    const policy = retained.includes(logicalId) ? ('Retain' as const) : policyOfOld(deletionPolicy);
    return { ...entry, policy };
  });
  const stuck = await discard(deployment, discarded, 'until it fails');
  if (stuck.length > 0) {
    const reason = `The following resource(s) failed to delete: [${stuck.join(', ')}].`;
    setStackStatus(store, stack, 'DELETE_FAILED', reason);
    return;
  }
  stack.set({ outputs: [], former: undefined, deleted: store.now() });
  setStackStatus(store, stack, 'DELETE_COMPLETE');
};
