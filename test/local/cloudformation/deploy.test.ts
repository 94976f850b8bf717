import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestStacks, type TestStacks } from './support';

const thing = (properties: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  Type: 'Test::Thing',
  Properties: properties,
  ...more,
});
const resources = (Resources: Record<string, unknown>, more: Record<string, unknown> = {}) => ({ Resources, ...more });

let stacks: TestStacks;
beforeEach(async () => {
  stacks = await createTestStacks();
});
afterEach(() => stacks.world.close());

describe('a creation', () => {
  test('makes each resource after those it refers to', async () => {
    const stack = await stacks.deploy(
      resources({
        C: thing({ Value: { 'Fn::GetAtt': ['B', 'Arn'] } }),
        B: thing({ Value: { Ref: 'A' } }),
        A: thing({}, { DependsOn: 'D' }),
        D: thing({ Slow: 10 }),
      }),
    );
    expect(stack.text('StackStatus')).toBe('CREATE_COMPLETE');
    expect(stacks.history).toEqual(['create D', 'create A', 'create B', 'create C']);
    expect([...stacks.things.values()].map(({ Value }) => Value)).toEqual([undefined, undefined, 'a-2', 'arn:b-3']);
  });

  test('makes independent resources at the same time', async () => {
    await stacks.deploy(resources({ A: thing({ Slow: 30 }), B: thing(), C: thing({ Value: { Ref: 'B' } }) }));
    expect(stacks.history).toEqual(['create B', 'create C', 'create A']);
  });

  test('answers outputs, and ends with the event of the stack itself', async () => {
    const stack = await stacks.deploy(
      resources({ A: thing() }, { Outputs: { Name: { Value: { Ref: 'A' }, Description: 'which' } } }),
    );
    expect(stack.list('Outputs')).toEqual([
      { OutputKey: 'Name', OutputValue: 'a-1', Description: 'which', ExportName: undefined },
    ]);
    expect(await stacks.events()).toEqual([
      'Shop REVIEW_IN_PROGRESS',
      'Shop CREATE_IN_PROGRESS',
      'A CREATE_IN_PROGRESS',
      'A CREATE_COMPLETE',
      'Shop CREATE_COMPLETE',
    ]);
  });

  test('gives events times that order them', async () => {
    await stacks.deploy(resources({ A: thing(), B: thing(), C: thing() }));
    const { StackEvents: events } = await stacks.call('DescribeStackEvents', { StackName: 'Shop' });
    const times = Array.isArray(events) ? events.map(({ Timestamp: time }: { Timestamp: Date }) => time.getTime()) : [];
    expect(times.length).toBe(9);
    expect([...new Set(times)].sort((one, other) => other - one)).toEqual(times);
  });

  test('rolls back in reverse order when a resource fails', async () => {
    const stack = await stacks.deploy(
      resources({
        A: thing(),
        B: thing({ Value: { Ref: 'A' } }),
        C: thing({ Value: { Ref: 'B' }, Fails: 'create' }),
        D: thing({ Value: { Ref: 'C' } }),
      }),
    );
    expect(stack.text('StackStatus')).toBe('ROLLBACK_COMPLETE');
    expect(stacks.history).toEqual(['create A', 'create B', 'create C', 'delete B', 'delete A']);
    expect(stacks.things.size).toBe(0);
    expect((await stacks.events()).slice(-6)).toEqual([
      'Shop ROLLBACK_IN_PROGRESS',
      'B DELETE_IN_PROGRESS',
      'B DELETE_COMPLETE',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'Shop ROLLBACK_COMPLETE',
    ]);
    expect(await stacks.reasons()).toContain('C CREATE_FAILED: C does not create (Broken)');
  });

  test('cancels and removes a resource that was being made when another one failed', async () => {
    await stacks.deploy(resources({ A: thing({ Slow: 30 }), B: thing({ Fails: 'create' }) }));
    expect(await stacks.events()).toContain('A CREATE_FAILED');
    expect(stacks.things.size).toBe(0);
  });

  test('refuses every unknown type and property before anything is made', async () => {
    const stack = await stacks.deploy(
      resources({
        A: thing(),
        B: { Type: 'AWS::Nope::Thing' },
        C: thing({ Colour: 'red' }),
      }),
    );
    expect(stack.text('StackStatus')).toBe('ROLLBACK_COMPLETE');
    expect(stack.text('StackStatusReason')).toBe('The following resource(s) failed to create: [B, C].');
    expect(stacks.history).toEqual([]);
    const reasons = (await stacks.reasons()).join('\n');
    expect(reasons).toContain('B CREATE_FAILED: Unrecognized resource types: [AWS::Nope::Thing]');
    expect(reasons).toContain(
      'Properties validation failed for resource C with message:\n#: extraneous key [Colour] is not permitted',
    );
  });

  test.each([
    ['Custom::S3AutoDeleteObjects', '; leave out autoDeleteObjects of the bucket'],
    ['Custom::Else', ''],
    ['AWS::CloudFormation::CustomResource', ''],
  ])('refuses %s as a custom resource', async (Type, hint) => {
    await stacks.deploy(resources({ A: { Type } }));
    const refusal = `A CREATE_FAILED: the local endpoint does not support custom resources: [${Type}]${hint}`;
    expect((await stacks.reasons()).join('\n')).toContain(refusal);
  });

  test('fails for an attribute that the type does not have', async () => {
    await stacks.deploy(resources({ A: thing(), B: thing({ Value: { 'Fn::GetAtt': ['A', 'Colour'] } }) }));
    expect((await stacks.reasons()).join('\n')).toContain('B CREATE_FAILED: Template error: resource A (Test::Thing)');
  });

  test('fails as a whole for an output that cannot be made', async () => {
    const stack = await stacks.deploy(
      resources({ A: thing() }, { Outputs: { O: { Value: { 'Fn::Split': [',', 'a,b'] } } } }),
    );
    expect(stack.text('StackStatus')).toBe('ROLLBACK_COMPLETE');
    expect(stacks.things.size).toBe(0);
  });
});

describe('an update', () => {
  test('leaves unchanged resources alone', async () => {
    await stacks.deploy(resources({ A: thing({ Value: 1 }) }));
    await stacks.deploy(resources({ A: thing({ Value: 1 }), B: thing() }));
    expect(stacks.history).toEqual(['create A', 'create B']);
  });

  test('changes a resource in place where its type can', async () => {
    await stacks.deploy(resources({ A: thing({ Value: 1 }) }));
    const stack = await stacks.deploy(resources({ A: thing({ Value: 2 }) }));
    expect(stack.text('StackStatus')).toBe('UPDATE_COMPLETE');
    expect([...stacks.things]).toEqual([['a-1', { Value: 2 }]]);
  });

  test.each([
    ['a type without updates', { Type: 'Test::Fixed', Properties: { Value: 1 } }, { Type: 'Test::Fixed' }],
    ['a property that replaces', thing({ Kind: 'x' }), thing({ Kind: 'y' })],
  ])('replaces a resource for %s, and what refers to it follows', async (_, before, after) => {
    const user = thing({ Value: { Ref: 'A' } });
    await stacks.deploy(resources({ A: before, B: user }));
    await stacks.deploy(resources({ A: after, B: user }));
    expect(stacks.history).toEqual(['create A', 'create B', 'create A', 'update B', 'delete A']);
    expect(stacks.things.get('b-2')).toEqual({ Value: 'a-3' });
  });

  test('removes resources that are gone from the template, last of all and in reverse order', async () => {
    await stacks.deploy(resources({ A: thing(), B: thing({ Value: { Ref: 'A' } }), C: thing() }));
    await stacks.deploy(resources({ C: thing({ Value: 1 }), D: thing() }));
    expect(stacks.history.slice(3)).toEqual(['update C', 'create D', 'delete B', 'delete A']);
    const { StackResources: left } = await stacks.call('DescribeStackResources', { StackName: 'Shop' });
    expect(left).toMatchObject([{ LogicalResourceId: 'C' }, { LogicalResourceId: 'D' }]);
  });

  test('that fails gives the stack its former resources back', async () => {
    await stacks.deploy(resources({ A: thing({ Value: 1 }), B: thing({ Kind: 'x' }), C: thing() }));
    const stack = await stacks.deploy(
      resources({
        A: thing({ Value: 2 }),
        B: thing({ Kind: 'y', Value: { Ref: 'A' } }),
        E: thing({ Value: { Ref: 'B' } }),
        F: thing({ Value: { Ref: 'E' }, Fails: 'create' }),
      }),
    );
    expect(stack.text('StackStatus')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([...stacks.things]).toEqual([
      ['a-1', { Value: 1 }],
      ['b-2', { Kind: 'x' }],
      ['c-3', {}],
    ]);
    const { StackResources: left } = await stacks.call('DescribeStackResources', { StackName: 'Shop' });
    expect(left).toMatchObject([{ LogicalResourceId: 'A' }, { LogicalResourceId: 'B' }, { LogicalResourceId: 'C' }]);
    await stacks.deploy(resources({ A: thing({ Value: 3 }), B: thing({ Kind: 'x' }), C: thing() }));
    expect(stacks.things.get('a-1')).toEqual({ Value: 3 });
    expect(stacks.things.size).toBe(3);
  });

  test('that fails for an unknown type touches nothing', async () => {
    await stacks.deploy(resources({ A: thing({ Value: 1 }) }));
    const stack = await stacks.deploy(resources({ A: thing({ Value: 2 }), B: { Type: 'Nope' } }));
    expect(stack.text('StackStatus')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stacks.history).toEqual(['create A']);
  });

  test('refuses another type under the same logical id', async () => {
    await stacks.deploy(resources({ A: thing() }));
    await expect(stacks.deploy(resources({ A: { Type: 'Test::Fixed' } }))).rejects.toThrow(
      'modifies resource type of the following resources: [A]',
    );
  });
});

describe('a deletion', () => {
  test('removes all resources in reverse order, and the stack is found by its id only', async () => {
    await stacks.deploy(resources({ A: thing(), B: thing({ Value: { Ref: 'A' } }) }));
    const stack = await stacks.destroy();
    expect(stack.text('StackStatus')).toBe('DELETE_COMPLETE');
    expect(stacks.history.slice(2)).toEqual(['delete B', 'delete A']);
    await expect(stacks.call('DescribeStacks', { StackName: 'Shop' })).rejects.toThrow(
      'Stack with id Shop does not exist',
    );
  });

  test('takes what is already gone as deleted', async () => {
    await stacks.deploy(resources({ A: thing() }));
    stacks.things.clear();
    expect((await stacks.destroy()).text('StackStatus')).toBe('DELETE_COMPLETE');
  });

  test('that fails tells why, keeps what is needed, and can be tried again', async () => {
    await stacks.deploy(resources({ A: thing(), B: thing({ Value: { Ref: 'A' }, Fails: 'delete' }), C: thing() }));
    const stack = await stacks.destroy();
    expect(stack.text('StackStatus')).toBe('DELETE_FAILED');
    expect(stack.text('StackStatusReason')).toBe('The following resource(s) failed to delete: [B].');
    expect([...stacks.things.keys()].sort()).toEqual(['a-1', 'b-3']);
    await stacks.call('DeleteStack', { StackName: 'Shop', RetainResources: ['B'] });
    expect((await stacks.stack()).text('StackStatus')).toBe('DELETE_COMPLETE');
  });
});
