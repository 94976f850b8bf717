import { setStackStatus } from '../stack/event-log';
import { stackScope, type StackScope } from '../stack/scope';
import type { Plan, StackOutput, StackResource } from '../stack/stack';
import { activeResources, changeOver } from './changeover';
import type { Deployment } from './deployment';
import { discard, replacedIn } from './discard';
import { reasonOf } from './failure';
import { checkExports, outputsOf } from './outputs';
import { policyOfOld } from './remove';
import { rollBack } from './rollback';

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
const cleanUp = async (deployment: Deployment, { template }: Plan, scope: StackScope): Promise<void> => {
  const { stack } = deployment;
  const active = activeResources(template, scope);
  const removed = [...stack.resources.values()].filter(({ definition }) => !active.has(definition.logicalId));
  const replaced = [...replacedIn(stack), ...(stack.head.former?.replacements ?? [])];
  const discarded = [
    ...removed.map((resource) => {
      const policy = policyOfOld(resource.definition.deletionPolicy);
      return { resource, policy, removal: 'removed' as const };
    }),
    ...replaced.map((resource) => {
      const policy = policyOfOld(resource.definition.updateReplacePolicy);
      return { resource, policy, removal: 'replaced' as const };
    }),
  ];
  await discard(deployment, discarded, 'all');
  for (const { definition } of removed) stack.resources.delete(definition.logicalId);
};

/** Ends an operation that went well: the stack is what its plan says, and nothing else is left. */
export const conclude = async (deployment: Deployment): Promise<void> => {
  const { world, store, stack } = deployment;
  const { plan, status } = stack.head;
  const isUpdate = status.startsWith('UPDATE');
  if (isUpdate) setStackStatus(store, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  if (plan !== undefined) await cleanUp(deployment, plan, stackScope(world, store, stack, plan, []));
  stack.set({ former: undefined });
  setStackStatus(store, stack, isUpdate ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE');
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
  const { plan: formerPlan, former } = stack.head;
  const verb = stack.head.status === 'REVIEW_IN_PROGRESS' ? 'CREATE' : 'UPDATE';
  const resources = Object.fromEntries([...stack.resources].map(([id, resource]) => [id, { ...resource }]));
  // A stack that was left as it failed still goes back to what it was before that.
  stack.set({ plan, former: former ?? { plan: formerPlan, resources, replacements: [] } });
  setStackStatus(store, stack, `${verb}_IN_PROGRESS`, 'User Initiated');
  const scope = stackScope(world, store, stack, plan, zones);
  const failed = await changeOver(deployment, plan.template, scope);
  const outputs = failed.length > 0 ? { reason: failureOf(failed) } : concludedOutputs(deployment, plan, scope);
  if ('reason' in outputs) {
    if (stack.head.keepsFailed) setStackStatus(store, stack, `${verb}_FAILED`, outputs.reason);
    else await rollBack(deployment, outputs.reason);
    return;
  }
  stack.set({ outputs, imports: [...scope.imports], ...(verb === 'UPDATE' && { updated: store.now() }) });
  await conclude(deployment);
};
