import { Reader } from '../../core/reader';
import type { Operation } from '../../core/service';
import { destroyStack } from '../deployment/destroy';
import type { Stack } from '../stack/stack';
import { validationError } from '../template/errors';
import { describeResource, describeStack, summarizeResource, summarizeStack } from './describe';
import { deploymentOf, type Engine, settled, start } from './engine';

/**
 * How long DescribeStacks of a busy stack waits for the end of the operation. The CDK CLI sleeps for 5 seconds
 * between two questions, so an immediate "in progress" would make each deployment 5 seconds long.
 */
const patienceMs = 20_000;

const nameIn = (values: Readonly<Record<string, unknown>>): string =>
  new Reader(values, '', 'ValidationError').text('StackName');

/** Operations on stacks and what they consist of. */
export const stackOperations = (engine: Engine): Readonly<Record<string, Operation>> => {
  const { store } = engine;

  const named = (name: string): Stack => {
    const stack = store.find(name);
    if (stack === undefined) throw validationError(`Stack [${name}] does not exist`);
    return stack;
  };

  return {
    DescribeStacks: async (values) => {
      const wanted = new Reader(values).optionalText('StackName');
      if (wanted === undefined) {
        return { Stacks: store.all().flatMap((stack) => (stack.deleted ? [] : describeStack(stack))) };
      }
      const stack = store.get(wanted);
      await settled(stack, patienceMs);
      return { Stacks: [describeStack(stack)] };
    },

    ListStacks: (values) => {
      const wanted = new Reader(values).texts('StackStatusFilter');
      const stacks = store.all().filter(({ status }) => wanted.length === 0 || wanted.includes(status));
      return { StackSummaries: stacks.map(summarizeStack) };
    },

    DescribeStackEvents: (values) => ({ StackEvents: named(nameIn(values)).events }),

    DescribeStackResources: (values) => {
      const input = new Reader(values, '', 'ValidationError');
      const stack = store.get(input.text('StackName'));
      const wanted = input.optionalText('LogicalResourceId');
      const resources = [...stack.resources.values()].filter(
        ({ definition }) => wanted === undefined || definition.logicalId === wanted,
      );
      return { StackResources: resources.map((resource) => describeResource(stack, resource)) };
    },

    ListStackResources: (values) => ({
      StackResourceSummaries: [...store.get(nameIn(values)).resources.values()].map(summarizeResource),
    }),

    ListExports: () => ({
      Exports: store.exports().map(({ exportName, value, stack }) => ({
        ExportingStackId: stack.id,
        Name: exportName,
        Value: value,
      })),
    }),

    GetTemplate: (values) => {
      const { plan } = store.get(nameIn(values));
      return { TemplateBody: plan?.template.body ?? '', StagesAvailable: ['Original', 'Processed'] };
    },

    UpdateTerminationProtection: (values) => {
      const stack = store.get(nameIn(values));
      stack.protected = new Reader(values).flag('EnableTerminationProtection');
      return { StackId: stack.id };
    },

    DeleteStack: (values, { principal }) => {
      const input = new Reader(values, '', 'ValidationError');
      const stack = store.find(input.text('StackName'));
      if (stack?.deleted !== undefined || stack === undefined) return {};
      if (stack.protected) {
        throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
      }
      const role = input.optionalText('RoleARN') ?? stack.plan?.roleArn;
      const deployment = deploymentOf(engine, stack, principal, role);
      start(engine, stack, input.optionalText('ClientRequestToken'), () =>
        destroyStack(deployment, input.texts('RetainResources')),
      );
      return {};
    },
  };
};
