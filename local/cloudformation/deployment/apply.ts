import { randomUUID } from 'node:crypto';
import { setResourceStatus, setStackStatus } from '../stack/event-log';
import { stackScope, type StackScope } from '../stack/scope';
import type { Plan, Stack, StackOutput, StackResource } from '../stack/stack';
import type { StackStore } from '../stack/stack-store';
import { reversed, visitAll } from '../template/graph';
import { changeOver, type Changeover, type Discarded } from './changeover';
import type { Deployment } from './deployment';
import { reasonOf } from './failure';
import { checkExports, outputsOf } from './outputs';
import { policyOfOld, removeResource } from './remove';

const namesOf = (resources: readonly StackResource[]): string =>
  resources.map(({ definition }) => definition.logicalId).join(', ');

/** In the words of CloudFormation: which resources could not be created, and which could not be updated. */
const failureOf = (failed: readonly StackResource[]): string =>
  ['create', 'update']
    .map((verb) => ({ verb, resources: failed.filter(({ status }) => status.startsWith(verb.toUpperCase())) }))
    .filter(({ resources }) => resources.length > 0)
    .map(({ verb, resources }) => `The following resource(s) failed to ${verb}: [${namesOf(resources)}].`)
    .join(' ');

/** Deletes what was replaced or is no longer declared. What cannot be deleted is left behind, as AWS does it. */
const cleanUp = async (deployment: Deployment, discarded: readonly Discarded[]): Promise<void> => {
  const byId = new Map(discarded.map((entry) => [entry.resource.definition.logicalId, entry]));
  const graph = new Map([...byId].map(([id, { resource }]) => [id, resource.dependencies]));
  await visitAll(reversed(graph), async (id) => {
    const entry = byId.get(id);
    if (entry === undefined) return true;
    const { resource, removal } = entry;
    const { deletionPolicy, updateReplacePolicy } = resource.definition;
    const policy = policyOfOld(removal === 'removed' ? deletionPolicy : updateReplacePolicy);
    await removeResource(deployment, resource, policy, removal);
    if (removal === 'removed') deployment.stack.resources.delete(id);
    return true;
  });
};

/** Gives the stack its former resources; what they stand for was put back before. */
const backToFormer = (store: StackStore, stack: Stack, former: ReadonlyMap<string, StackResource>): void => {
  for (const id of [...stack.resources.keys()]) if (!former.has(id)) stack.resources.delete(id);
  for (const [id, { definition, properties, dependencies }] of former) {
    const resource = stack.resources.get(id);
    if (resource === undefined) continue;
    const restored = { ...resource, definition, properties, dependencies };
    stack.resources.set(id, restored);
    if (restored.status.endsWith('_FAILED')) setResourceStatus(store, stack, restored, 'UPDATE_COMPLETE');
  }
};

/** Takes all steps back and gives the stack its former resources. */
const rollBack = async (
  { store, stack }: Deployment,
  { undo }: Changeover,
  former: ReadonlyMap<string, StackResource>,
  reason: string,
): Promise<void> => {
  const status = stack.plan === undefined ? 'ROLLBACK' : 'UPDATE_ROLLBACK';
  stack.operationId = randomUUID();
  setStackStatus(store, stack, `${status}_IN_PROGRESS`, reason);
  let clean = true;
  for (const step of [...undo].reverse()) clean = (await step()) && clean;
  if (!clean) {
    const stuck = [...stack.resources.values()].filter((resource) => resource.status.endsWith('_FAILED'));
    setStackStatus(
      store,
      stack,
      `${status}_FAILED`,
      `The following resource(s) failed to roll back: [${namesOf(stuck)}].`,
    );
    return;
  }
  backToFormer(store, stack, former);
  if (stack.plan !== undefined) setStackStatus(store, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  setStackStatus(store, stack, `${status}_COMPLETE`, reason);
};

/** What goes wrong in outputs is the failure of the whole stack. */
const concludedOutputs = (
  { store, stack }: Deployment,
  plan: Plan,
  scope: StackScope,
): readonly StackOutput[] | { readonly reason: string } => {
  try {
    const outputs = outputsOf(plan.template, scope);
    checkExports(store, stack, outputs);
    return outputs;
  } catch (error) {
    return { reason: reasonOf(error) };
  }
};

/** Makes the stack what the plan says: creates it, updates it, or rolls back. Never rejects for a resource's failure. */
export const applyPlan = async (deployment: Deployment, plan: Plan, zones: readonly string[]): Promise<void> => {
  const { world, store, stack } = deployment;
  const verb = stack.plan === undefined ? 'CREATE' : 'UPDATE';
  stack.operationId = randomUUID();
  setStackStatus(store, stack, `${verb}_IN_PROGRESS`, 'User Initiated');
  const former = new Map(stack.resources);
  const scope = stackScope(world, store, stack, plan, zones);
  const changeover = await changeOver(deployment, plan.template, scope);
  if (changeover.failed.length > 0) {
    const reason = failureOf(changeover.failed);
    await rollBack(deployment, changeover, former, reason);
    return;
  }
  const outputs = concludedOutputs(deployment, plan, scope);
  if ('reason' in outputs) {
    await rollBack(deployment, changeover, former, outputs.reason);
    return;
  }
  if (verb === 'UPDATE') {
    setStackStatus(store, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    stack.updated = store.now();
  }
  stack.plan = plan;
  stack.outputs = outputs;
  stack.imports = new Set(scope.imports);
  await cleanUp(deployment, changeover.discarded);
  setStackStatus(store, stack, `${verb}_COMPLETE`);
};
