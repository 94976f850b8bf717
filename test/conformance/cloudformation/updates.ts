import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { broken, note, stackOf } from '../kit/stacks';
import { table } from '../kit/table';

const BEHAVIOURS = 'AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html';
const STATUS = 'AWSCloudFormation/latest/UserGuide/view-stack-events.html';
const REPLACE = 'AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html';
const OPTIONS = 'AWSCloudFormation/latest/UserGuide/stack-failure-options.html';

export const updates = table('AWS CloudFormation', 'Updates and rollbacks', [
  {
    behaviour: 'makes a resource after those that it refers to or depends on',
    source: 'AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html',
    test: async (target) => {
      const stack = stackOf(target);
      const { StackStatus } = await stack.deploy({
        Resources: { A: note({ Ref: 'B' }), B: { ...note('b'), DependsOn: 'C' }, C: note('c') },
      });
      expect(StackStatus).toBe('CREATE_COMPLETE');
      const complete = (await stack.events()).filter((event) => event.endsWith('CREATE_COMPLETE'));
      expect(complete).toEqual(['C', 'B', 'A', 'Stack'].map((id) => `${id} CREATE_COMPLETE`));
    },
  },
  {
    behaviour: 'changes a property in place where the schema needs no new resource',
    source: BEHAVIOURS,
    test: async (target) => {
      const stack = stackOf(target);
      await stack.deploy({ Resources: { A: note('1') } });
      const before = await stack.ids();
      expect((await stack.deploy({ Resources: { A: note('2') } })).StackStatus).toBe('UPDATE_COMPLETE');
      expect(await stack.ids()).toEqual(before);
      const { Parameter } = await target.clients.ssm.send(new GetParameterCommand({ Name: before.A }));
      expect(Parameter?.Value).toBe('2');
    },
  },
  {
    behaviour: 'replaces a resource before what refers to it changes, and deletes the old one at the end',
    source: BEHAVIOURS,
    test: async (target) => {
      const stack = stackOf(target);
      const [One, Two] = [target.name('one'), target.name('two')];
      await stack.deploy({ Resources: { A: note('a', { Name: One }), B: note({ Ref: 'A' }) } });
      const since = (await stack.events()).length;
      await stack.deploy({ Resources: { A: note('a', { Name: Two }), B: note({ Ref: 'A' }) } });
      expect((await stack.events()).slice(since)).toEqual([
        'Stack UPDATE_IN_PROGRESS',
        ...['A UPDATE_IN_PROGRESS', 'A UPDATE_IN_PROGRESS', 'A UPDATE_COMPLETE'],
        ...['B UPDATE_IN_PROGRESS', 'B UPDATE_COMPLETE'],
        'Stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
        ...['A DELETE_IN_PROGRESS', 'A DELETE_COMPLETE'],
        'Stack UPDATE_COMPLETE',
      ]);
      expect((await stack.ids()).A).toBe(Two);
      const gone = target.clients.ssm.send(new GetParameterCommand({ Name: One }));
      await expect(gone).rejects.toMatchObject({ name: 'ParameterNotFound' });
    },
  },
  {
    behaviour: 'keeps a replaced resource whose UpdateReplacePolicy is Retain',
    source: REPLACE,
    test: async (target) => {
      const stack = stackOf(target);
      const [One, Two] = [target.name('one'), target.name('two')];
      const kept = (Name: string) => ({ Resources: { A: { ...note('a', { Name }), UpdateReplacePolicy: 'Retain' } } });
      await stack.deploy(kept(One));
      await stack.deploy(kept(Two));
      await target.clients.ssm.send(new GetParameterCommand({ Name: One }));
      expect(await stack.events()).toContain('A DELETE_SKIPPED');
    },
  },
  {
    behaviour: 'a creation that fails is rolled back: nothing is left, and the stack can only be deleted',
    source: STATUS,
    test: async (target) => {
      const stack = stackOf(target);
      const failed = await stack.deploy({
        Resources: { A: note('a'), B: { ...note('b'), DependsOn: 'A' }, C: broken('B') },
      });
      expect(failed.StackStatus).toBe('ROLLBACK_COMPLETE');
      expect(failed.StackStatusReason).toContain('The following resource(s) failed to create: [C].');
      const events = await stack.events();
      expect(events).toContain('C CREATE_FAILED');
      const removed = events.filter((event) => event.endsWith('DELETE_COMPLETE'));
      expect(removed.filter((event) => !event.startsWith('C'))).toEqual(['B DELETE_COMPLETE', 'A DELETE_COMPLETE']);
      const update = stack.propose({ Resources: { A: note('a') } });
      await expect(update).rejects.toThrow('is in ROLLBACK_COMPLETE state and can not be updated');
    },
  },
  {
    behaviour: 'an update that fails gives every resource its former self: changed, replaced and new ones',
    source: STATUS,
    test: async (target) => {
      const stack = stackOf(target);
      const [One, Two] = [target.name('one'), target.name('two')];
      await stack.deploy({
        Resources: { A: note('1'), B: note('b', { Name: One }) },
        Outputs: { Out: { Value: 'old' } },
      });
      const before = await stack.ids();
      const { StackStatus } = await stack.deploy({
        Resources: { A: note('2'), B: note('b', { Name: Two }), C: note('new'), D: broken('A', 'B', 'C') },
        Outputs: { Out: { Value: 'new' } },
      });
      expect(StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(await stack.ids()).toEqual(before);
      expect(await stack.outputs()).toEqual({ Out: 'old' });
      const { ssm } = target.clients;
      expect((await ssm.send(new GetParameterCommand({ Name: before.A }))).Parameter?.Value).toBe('1');
      await expect(ssm.send(new GetParameterCommand({ Name: Two }))).rejects.toMatchObject({
        name: 'ParameterNotFound',
      });
      expect((await stack.deploy({ Resources: { A: note('3') } })).StackStatus).toBe('UPDATE_COMPLETE');
    },
  },
  {
    behaviour: 'a call that a service throttles is made again, to create, to change and to delete a resource',
    source: 'cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html',
    local: async (target) => {
      const stack = stackOf(target);
      const throttle = (at: string): void => {
        target.endpoint.world.faults.set([{ kind: 'throttle', at, times: 3 }]);
      };
      throttle('ssm:PutParameter');
      expect((await stack.deploy({ Resources: { A: note('1') } })).StackStatus).toBe('CREATE_COMPLETE');
      throttle('ssm:PutParameter');
      expect((await stack.deploy({ Resources: { A: note('2') } })).StackStatus).toBe('UPDATE_COMPLETE');
      throttle('ssm:DeleteParameter');
      expect((await stack.remove()).StackStatus).toBe('DELETE_COMPLETE');
    },
  },
  {
    behaviour: 'without rollback a failed stack stays as it is, until an update goes through',
    source: OPTIONS,
    test: async (target) => {
      const stack = stackOf(target);
      const execution = { DisableRollback: true };
      const failed = await stack.deploy({ Resources: { A: note('1'), B: broken('A') } }, {}, execution);
      expect(failed.StackStatus).toBe('CREATE_FAILED');
      const { A } = await stack.ids();
      const mended = await stack.deploy({ Resources: { A: note('2') } }, {}, execution);
      expect(mended.StackStatus).toBe('UPDATE_COMPLETE');
      expect(await stack.ids()).toEqual({ A });
    },
  },
]);
