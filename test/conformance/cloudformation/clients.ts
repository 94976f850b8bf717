import {
  CreateChangeSetCommand,
  DeleteStackCommand,
  ExecuteChangeSetCommand,
  paginateDescribeStackEvents,
  paginateListStackResources,
  paginateListStacks,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackExists,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';
import { broken, note, stackOf } from '../kit/stacks';
import { table } from '../kit/table';

const API = 'AWSCloudFormation/latest/APIReference';
const all = async <T>(pages: AsyncIterable<T>): Promise<readonly T[]> => {
  const found: T[] = [];
  for await (const page of pages) found.push(page);
  return found;
};

export const clients = table('AWS CloudFormation', 'SDK clients', [
  {
    behaviour: 'waiters see a change set and a stack through its life',
    source: `${API}/API_DescribeStacks.html`,
    test: async ({ clients: { cloudformation: client }, name, cleanup }) => {
      const StackName = name('stack');
      const wait = { client, maxWaitTime: 900, minDelay: 1, maxDelay: 2 };
      const change = async (Value: string, ChangeSetType: 'CREATE' | 'UPDATE') => {
        const set = { StackName, ChangeSetName: `set-${Value}` };
        const TemplateBody = JSON.stringify({ Resources: { A: note(Value) } });
        await client.send(new CreateChangeSetCommand({ ...set, ChangeSetType, TemplateBody }));
        await waitUntilChangeSetCreateComplete(wait, set);
        await client.send(new ExecuteChangeSetCommand(set));
      };
      cleanup(() => client.send(new DeleteStackCommand({ StackName })));
      await change('1', 'CREATE');
      await waitUntilStackExists(wait, { StackName });
      await waitUntilStackCreateComplete(wait, { StackName });
      await change('2', 'UPDATE');
      await waitUntilStackUpdateComplete(wait, { StackName });
      await client.send(new DeleteStackCommand({ StackName }));
      await waitUntilStackDeleteComplete(wait, { StackName });
    },
  },
  {
    behaviour: 'a waiter for a creation ends with the rollback',
    source: `${API}/API_DescribeStacks.html`,
    test: async (target) => {
      const stack = stackOf(target);
      await stack.deploy({ Resources: { A: broken() } });
      const wait = { client: target.clients.cloudformation, maxWaitTime: 60, minDelay: 1, maxDelay: 1 };
      await expect(waitUntilStackCreateComplete(wait, { StackName: stack.name })).rejects.toThrow('ROLLBACK_COMPLETE');
    },
  },
  {
    behaviour: 'paginators give every event and resource of a stack, and every stack',
    source: `${API}/API_DescribeStackEvents.html`,
    test: async (target) => {
      const stack = stackOf(target);
      const ids = Array.from({ length: 40 }, (_, index) => `Note${index}`);
      await stack.deploy({ Resources: Object.fromEntries(ids.map((id) => [id, note(id)])) });
      const config = { client: target.clients.cloudformation };
      const input = { StackName: stack.name };
      const events = (await all(paginateDescribeStackEvents(config, input))).map(({ StackEvents = [] }) => StackEvents);
      expect(new Set(events.flat().map(({ EventId }) => EventId)).size).toBe(events.flat().length);
      expect(events.flat().filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_COMPLETE')).toHaveLength(41);
      const resources = await all(paginateListStackResources(config, input));
      expect(resources.flatMap(({ StackResourceSummaries = [] }) => StackResourceSummaries)).toHaveLength(40);
      const stacks = await all(paginateListStacks(config, { StackStatusFilter: ['CREATE_COMPLETE'] }));
      const names = stacks.flatMap(({ StackSummaries = [] }) => StackSummaries.map(({ StackName }) => StackName));
      expect(names).toContain(stack.name);
    },
  },
]);
