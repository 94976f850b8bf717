import { Reader } from '../../core/reader';
import type { Operation, Principal } from '../../core/service';
import { destroyStack } from '../deployment/destroy';
import { rollBack, type RollbackOptions } from '../deployment/rollback';
import type { Stack } from '../stack/stack';
import { validationError } from '../template/errors';
import {
  describeEvent,
  describeResource,
  describeStack,
  detailResource,
  summarizeResource,
  summarizeStack,
} from './describe';
import { type Engine, type Order, settled, start } from './engine';
import { pageOf } from './page';

/**
 * How long DescribeStacks of a busy stack waits for the end of the operation. The CDK CLI sleeps for 5 seconds
 * between two questions, so an immediate "in progress" would make each deployment 5 seconds long.
 */
const patienceMs = 20_000;

const read = (values: Readonly<Record<string, unknown>>): Reader => new Reader(values, '', 'ValidationError');

/** Operations on stacks and what they consist of. */
export const stackOperations = (engine: Engine): Readonly<Record<string, Operation>> => {
  const { store } = engine;

  const named = (name: string): Stack => {
    const stack = store.find(name);
    if (stack === undefined) throw validationError(`Stack [${name}] does not exist`);
    return stack;
  };
  const stackIn = (input: Reader): Stack => store.get(input.text('StackName'));
  const orderOf = (input: Reader, { head }: Stack, caller: Principal): Order => ({
    caller,
    roleArn: input.optionalText('RoleARN') ?? head.plan?.roleArn,
    token: input.optionalText('ClientRequestToken'),
  });
  const takeBack = (input: Reader, caller: Principal, from: readonly string[], options: RollbackOptions): Stack => {
    const stack = stackIn(input);
    const { id, status } = stack.head;
    if (!from.includes(status)) throw validationError(`Stack:${id} is in ${status} state and can not be rolled back.`);
    const order = orderOf(input, stack, caller);
    start(engine, stack, order, (deployment) => rollBack(deployment, 'User Initiated', options));
    return stack;
  };

  return {
    DescribeStacks: async (values) => {
      const input = read(values);
      if (!input.has('StackName')) return pageOf('Stacks', store.live().map(describeStack), 'StackId', input);
      const stack = stackIn(input);
      await settled(stack, patienceMs);
      return { Stacks: [describeStack(stack)] };
    },

    ListStacks: (values) => {
      const input = read(values);
      const wanted = input.texts('StackStatusFilter');
      const stacks = store.all().filter(({ head }) => wanted.length === 0 || wanted.includes(head.status));
      return pageOf('StackSummaries', stacks.map(summarizeStack), 'StackId', input);
    },

    DescribeStackEvents: (values) => {
      const input = read(values);
      const stack = named(input.text('StackName'));
      const events = [...stack.events.values()].reverse();
      return pageOf(
        'StackEvents',
        events.map((event) => describeEvent(stack, event)),
        'EventId',
        input,
      );
    },

    DescribeStackResource: (values) => {
      const input = read(values);
      const stack = stackIn(input);
      const logicalId = input.text('LogicalResourceId');
      const resource = stack.resources.get(logicalId);
      if (resource !== undefined) return { StackResourceDetail: detailResource(stack, resource) };
      throw validationError(`Resource ${logicalId} does not exist for stack ${stack.head.name}`);
    },

    DescribeStackResources: (values) => {
      const input = read(values);
      const stack = stackIn(input);
      const wanted = input.optionalText('LogicalResourceId');
      const resources = [...stack.resources.values()].filter(
        ({ definition }) => wanted === undefined || definition.logicalId === wanted,
      );
      return { StackResources: resources.map((resource) => describeResource(stack, resource)) };
    },

    ListStackResources: (values) => {
      const input = read(values);
      return pageOf(
        'StackResourceSummaries',
        [...stackIn(input).resources.values()].map(summarizeResource),
        'LogicalResourceId',
        input,
      );
    },

    ListExports: (values) => {
      const all = store.exports().map(({ exportName, value, stack }) => ({
        ExportingStackId: stack.head.id,
        Name: exportName,
        Value: value,
      }));
      return pageOf('Exports', all, 'Name', read(values));
    },

    ListImports: (values) => {
      const input = read(values);
      const name = input.text('ExportName');
      const Imports = store.live().flatMap(({ head }) => (head.imports.includes(name) ? [head.name] : []));
      if (Imports.length === 0) throw validationError(`Export '${name}' is not imported by any stack.`);
      return { Imports };
    },

    GetTemplate: (values) => {
      const { plan } = stackIn(read(values)).head;
      return { TemplateBody: plan?.template.body ?? '', StagesAvailable: ['Original', 'Processed'] };
    },

    UpdateTerminationProtection: (values) => {
      const input = read(values);
      const stack = stackIn(input);
      stack.set({ isProtected: input.flag('EnableTerminationProtection') });
      return { StackId: stack.head.id };
    },

    DeleteStack: (values, { principal: caller }) => {
      const input = read(values);
      const stack = store.find(input.text('StackName'));
      if (stack === undefined || stack.head.deleted !== undefined) return {};
      const { name, isProtected } = stack.head;
      if (isProtected)
        throw validationError(`Stack [${name}] cannot be deleted while TerminationProtection is enabled`);
      const retained = input.texts('RetainResources');
      if (retained.length > 0 && stack.head.status !== 'DELETE_FAILED') {
        throw validationError(
          'Invalid operation on stack [' +
            `${stack.head.id}]. RetainResources can only be specified for stacks in DELETE_FAILED state.`,
        );
      }
      start(engine, stack, orderOf(input, stack, caller), (deployment) => destroyStack(deployment, retained));
      return {};
    },

    RollbackStack: (values, { principal }) => {
      const input = read(values);
      const options = { removesRetained: input.flag('RetainExceptOnCreate') };
      return { StackId: takeBack(input, principal, ['CREATE_FAILED', 'UPDATE_FAILED'], options).head.id };
    },

    ContinueUpdateRollback: (values, { principal }) => {
      const input = read(values);
      takeBack(input, principal, ['UPDATE_ROLLBACK_FAILED'], { skipped: input.texts('ResourcesToSkip') });
      return {};
    },
  };
};
