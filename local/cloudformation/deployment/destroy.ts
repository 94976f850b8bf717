import { randomUUID } from 'node:crypto';
import { setStackStatus } from '../stack/event-log';
import type { StackOutput } from '../stack/stack';
import { reversed, visitAll } from '../template/graph';
import type { Deployment } from './deployment';
import { policyOfOld, removeResource } from './remove';

/** The first export of a stack that another stack was made from. */
const exportInUse = ({ store, stack }: Deployment): { output: StackOutput; users: string } | undefined => {
  for (const output of stack.outputs) {
    if (output.exportName === undefined) continue;
    const users = store.importers(output.exportName).filter((importer) => importer !== stack);
    if (users.length > 0) return { output, users: users.map(({ name }) => name).join(', ') };
  }
  return undefined;
};

/** Deletes all resources of a stack, each before those that it was made from, and then the stack. */
export const destroyStack = async (deployment: Deployment, retained: readonly string[]): Promise<void> => {
  const { store, stack } = deployment;
  stack.operationId = randomUUID();
  setStackStatus(store, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  const used = exportInUse(deployment);
  if (used !== undefined) {
    const reason = `Export ${used.output.exportName ?? ''} cannot be deleted as it is in use by ${used.users}`;
    setStackStatus(store, stack, 'DELETE_FAILED', reason);
    return;
  }
  const graph = new Map([...stack.resources].map(([id, { dependencies }]) => [id, dependencies]));
  const failed: string[] = [];
  await visitAll(reversed(graph), async (id) => {
    const resource = stack.resources.get(id);
    if (resource === undefined) return true;
    const policy = retained.includes(id) ? 'Retain' : policyOfOld(resource.definition.deletionPolicy);
    const removed = await removeResource(deployment, resource, policy);
    if (removed) stack.resources.delete(id);
    else failed.push(id);
    return removed;
  });
  if (failed.length > 0) {
    setStackStatus(
      store,
      stack,
      'DELETE_FAILED',
      `The following resource(s) failed to delete: [${failed.join(', ')}].`,
    );
    return;
  }
  stack.outputs = [];
  stack.deleted = store.now();
  setStackStatus(store, stack, 'DELETE_COMPLETE');
};
