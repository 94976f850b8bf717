import { randomUUID } from 'node:crypto';
import { AwsError, notSupported } from '../../core/errors';
import { Reader } from '../../core/reader';
import type { Operation, Principal } from '../../core/service';
import { changesBetween, differsOutsideResources } from '../change-set/changes';
import { applyPlan } from '../deployment/apply';
import { setStackStatus } from '../stack/event-log';
import { readPlan } from '../change-set/plan';
import { stackScope, zonesFor } from '../stack/scope';
import type { ChangeSet, Plan, Stack } from '../stack/stack';
import { validationError } from '../template/errors';
import { checkRules } from '../template/rules';
import { describeChangeSet, summarizeChangeSet } from './describe';
import { type Engine, refuseBusy, start } from './engine';

const notFound = (name: string): AwsError =>
  new AwsError('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, 404);

const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** A change set by its id, or by its name together with its stack. */
const find = ({ store }: Engine, input: Reader): { stack: Stack; changeSet: ChangeSet } => {
  const wanted = input.text('ChangeSetName');
  const stackName = input.optionalText('StackName');
  const stacks = stackName === undefined ? store.all() : [store.find(stackName)];
  for (const stack of stacks) {
    for (const changeSet of stack?.changeSets.values() ?? []) {
      if (stack !== undefined && (changeSet.id === wanted || changeSet.name === wanted)) return { stack, changeSet };
    }
  }
  throw notFound(wanted);
};

/** In which states a stack can be changed. */
const updatable = [
  ...['CREATE_COMPLETE', 'CREATE_FAILED', 'UPDATE_COMPLETE', 'UPDATE_FAILED', 'UPDATE_ROLLBACK_COMPLETE'],
];

/** The stack that a change set is for; a creation brings one in review. */
const stackFor = ({ store }: Engine, name: string, kind: string, changeSetName: string): Stack | undefined => {
  const stack = store.find(name);
  if (kind === 'CREATE') {
    if (stack === undefined || stack.head.status === 'REVIEW_IN_PROGRESS') return stack;
    throw validationError(
      `Stack [${name}] already exists and cannot be created again with the changeSet [${changeSetName}].`,
    );
  }
  if (kind !== 'UPDATE') throw notSupported(`ChangeSetType ${kind}`, 'use CREATE or UPDATE');
  if (stack === undefined) throw validationError(`Stack [${name}] does not exist`);
  refuseBusy(stack);
  const { id, status } = stack.head;
  if (!updatable.includes(status)) {
    throw validationError(`Stack:${id} is in ${status} state and can not be updated.`);
  }
  return stack;
};

const checkTypesKept = (stack: Stack, plan: Plan): void => {
  const retyped = Object.values(plan.template.resources).filter(({ logicalId, type }) => {
    const former = stack.resources.get(logicalId);
    return former !== undefined && former.definition.type !== type;
  });
  if (retyped.length === 0) return;
  const names = retyped.map(({ logicalId }) => logicalId).join(', ');
  throw validationError(
    'Update of resource type is not permitted. ' +
      `The new template modifies resource type of the following resources: [${names}]`,
  );
};

const changesOf = ({ world, store, types }: Engine, stack: Stack, plan: Plan): ChangeSet['changes'] => {
  const scope = stackScope(world, store, stack, plan, []);
  checkRules(plan.template.rules, scope);
  checkTypesKept(stack, plan);
  return changesBetween(
    types,
    stack.head.plan,
    plan,
    stack.resources,
    ({ condition }) => condition === undefined || scope.condition(condition),
  );
};

/** Operations on change sets: how the CDK CLI deploys. */
export const changeSetOperations = (engine: Engine): Readonly<Record<string, Operation>> => ({
  CreateChangeSet: async (values, { principal }) => {
    const input = new Reader(values, '', 'ValidationError');
    const name = input.text('ChangeSetName');
    const stackName = input.text('StackName');
    const existing = stackFor(engine, stackName, input.optionalText('ChangeSetType') ?? 'UPDATE', name);
    if (existing?.changeSets.has(name)) {
      throw new AwsError('AlreadyExistsException', `ChangeSet ${name} already exists`, 400);
    }
    const plan = await readPlan(engine.world, principal, input, existing);
    const fresh = existing ?? engine.store.review(stackName);
    try {
      const changes = changesOf(engine, fresh, plan);
      const isFailed = fresh.head.status.endsWith('_FAILED');
      const empty = changes.length === 0 && !isFailed && !differsOutsideResources(fresh.head.plan, plan);
      if (existing === undefined) setStackStatus(engine.store, fresh, 'REVIEW_IN_PROGRESS', 'User Initiated');
      const changeSet: ChangeSet = {
        id: engine.world.arn('cloudformation', `changeSet/${name}/${randomUUID()}`),
        name,
        description: input.optionalText('Description'),
        created: engine.store.now(),
        plan,
        changes,
        status: empty ? 'FAILED' : 'CREATE_COMPLETE',
        reason: empty ? noChanges : undefined,
      };
      fresh.changeSets.set(name, changeSet);
      return { Id: changeSet.id, StackId: fresh.head.id };
    } catch (error) {
      if (existing === undefined) engine.store.forget(fresh);
      throw error;
    }
  },

  DescribeChangeSet: (values) => {
    const { stack, changeSet } = find(engine, new Reader(values, '', 'ValidationError'));
    return describeChangeSet(stack, changeSet);
  },

  ListChangeSets: (values) => {
    const stack = engine.store.get(new Reader(values, '', 'ValidationError').text('StackName'));
    return { Summaries: [...stack.changeSets.values()].map((changeSet) => summarizeChangeSet(stack, changeSet)) };
  },

  DeleteChangeSet: (values) => {
    const input = new Reader(values, '', 'ValidationError');
    const wanted = input.text('ChangeSetName');
    const stacks = input.has('StackName') ? [engine.store.get(input.text('StackName'))] : engine.store.all();
    for (const { changeSets } of stacks) {
      for (const { id, name } of [...changeSets.values()])
        if (id === wanted || name === wanted) changeSets.delete(name);
    }
    return {};
  },

  ExecuteChangeSet: async (values, { principal: caller }) => {
    const input = new Reader(values, '', 'ValidationError');
    const { stack, changeSet } = find(engine, input);
    if (changeSet.status === 'FAILED') {
      throw new AwsError(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.id}] cannot be executed in its current status of [FAILED]`,
        400,
      );
    }
    const { plan } = changeSet;
    const { roleArn } = plan;
    const token = input.optionalText('ClientRequestToken');
    const keepsFailed = input.flag('DisableRollback');
    const zones = await zonesFor(plan.template, () =>
      zonesOf(engine, roleArn === undefined ? caller : { arn: roleArn }),
    );
    start(engine, stack, { caller, roleArn, token, keepsFailed }, (deployment) => applyPlan(deployment, plan, zones));
    for (const name of [...stack.changeSets.keys()]) stack.changeSets.delete(name);
    return {};
  },
});

const zonesOf = async ({ world }: Engine, principal: Principal): Promise<readonly string[]> => {
  const call = { service: 'ec2', operation: 'DescribeAvailabilityZones', input: {}, principal };
  const zones = new Reader(await world.call(call)).records('AvailabilityZones');
  return zones.map((zone) => zone.text('ZoneName'));
};
