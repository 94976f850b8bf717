import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type ExecuteChangeSetCommandInput,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';
import type { Target } from './target';

export type Template = Readonly<Record<string, unknown>>;

/** A parameter of the parameter store: the cheapest resource there is. */
export const note = (Value: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Value, ...more },
});

/** A queue whose delay is refused by Amazon SQS and not by its schema. */
export const broken = (...DependsOn: readonly string[]) => ({
  Type: 'AWS::SQS::Queue',
  DependsOn,
  Properties: { DelaySeconds: 5000 },
});

/** One stack of a row; it is deleted after the row. */
export interface RowStack {
  readonly name: string;
  /** A change set, when it is ready. */
  propose(template: Template, more?: Partial<CreateChangeSetCommandInput>): Promise<DescribeChangeSetCommandOutput>;
  /** Executes a change set; gives the stack when nothing moves any more. */
  deploy(
    template: Template,
    more?: Partial<CreateChangeSetCommandInput>,
    execution?: Partial<ExecuteChangeSetCommandInput>,
  ): Promise<Stack>;
  /** Deletes it; gives the stack when nothing moves any more. */
  remove(RetainResources?: string[]): Promise<Stack>;
  /** The stack when nothing moves any more. */
  settled(): Promise<Stack>;
  /** Outputs by key. */
  outputs(): Promise<Readonly<Record<string, string>>>;
  /** Physical ids by logical id. */
  ids(): Promise<Readonly<Record<string, string>>>;
  /** `LogicalId STATUS`, oldest first; the stack itself is `Stack`. */
  events(): Promise<readonly string[]>;
  /** Reasons of events, newest first. */
  reasons(): Promise<string>;
}

export const stackOf = ({ clients: { cloudformation }, name: nameOf, cleanup, eventually }: Target): RowStack => {
  const name = nameOf('stack');
  let StackName = name;
  let count = 0;

  const settled = (): Promise<Stack> =>
    eventually(async () => {
      const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
      expect(stack.StackStatus).not.toMatch(/_IN_PROGRESS$/);
      return stack;
    });
  const history = async () => {
    const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents;
  };
  const propose: RowStack['propose'] = async (template, more = {}) => {
    count += 1;
    const ChangeSetName = `change-${count}`;
    const { Id, StackId = name } = await cloudformation.send(
      new CreateChangeSetCommand({
        ...{ StackName: name, ChangeSetName, ChangeSetType: count === 1 ? 'CREATE' : 'UPDATE' },
        ...{ TemplateBody: JSON.stringify(template), ...more },
      }),
    );
    StackName = StackId;
    return eventually(async () => {
      const changeSet = await cloudformation.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
      expect(changeSet.Status).toMatch(/_COMPLETE$|^FAILED$/);
      return changeSet;
    });
  };
  cleanup(async () => {
    if (StackName === name) return;
    await cloudformation.send(new DeleteStackCommand({ StackName }));
    await settled().catch(() => undefined);
  });

  return {
    name,
    propose,
    settled,
    deploy: async (template, more, execution) => {
      const { ChangeSetId } = await propose(template, more);
      await cloudformation.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId, ...execution }));
      return settled();
    },
    remove: async (RetainResources) => {
      await cloudformation.send(new DeleteStackCommand({ StackName, RetainResources }));
      return settled();
    },
    outputs: async () => {
      const { Outputs = [] } = await settled();
      return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
    },
    ids: async () => {
      const { StackResources = [] } = await cloudformation.send(new DescribeStackResourcesCommand({ StackName }));
      return Object.fromEntries(
        StackResources.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
          LogicalResourceId,
          PhysicalResourceId,
        ]),
      );
    },
    events: async () =>
      (await history())
        .map(({ LogicalResourceId = '', ResourceStatus = '' }) => {
          return `${LogicalResourceId === name ? 'Stack' : LogicalResourceId} ${ResourceStatus}`;
        })
        .reverse(),
    reasons: async () => (await history()).map(({ ResourceStatusReason }) => ResourceStatusReason ?? '').join('\n'),
  };
};

/** Deploys resources as a stack; gives their physical ids by logical id. */
export const deployed = async (
  target: Target,
  Resources: Readonly<Record<string, object>>,
): Promise<Readonly<Record<string, string>>> => {
  const stack = stackOf(target);
  const { StackStatus } = await stack.deploy({ Resources }, { Capabilities: ['CAPABILITY_IAM'] });
  expect(StackStatus, await stack.reasons()).toBe('CREATE_COMPLETE');
  return stack.ids();
};
