import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { Input, Service } from '../../../local/core/service';
import { createTestStacks, type TestStacks } from './support';

const stored = new Map([['/version', '31']]);
const ssm: Service = {
  name: 'ssm',
  operations: { GetParameter: ({ Name }) => ({ Parameter: { Name, Value: stored.get(String(Name)) ?? 'none' } }) },
};

const template = (Value: unknown, more: Input = {}): Input => ({
  Resources: { A: { Type: 'Test::Thing', Properties: { Value } } },
  ...more,
});

let stacks: TestStacks;
beforeEach(async () => {
  stacks = await createTestStacks([ssm]);
});
afterEach(() => stacks.world.close());

const create = (body: Input, options: Input = {}) =>
  stacks.call('CreateChangeSet', {
    StackName: 'Shop',
    ChangeSetName: 'new',
    ChangeSetType: 'CREATE',
    TemplateBody: JSON.stringify(body),
    ...options,
  });

describe('parameters', () => {
  const Parameters = {
    Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' },
    Names: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Count: { Type: 'Number', Default: 3, MaxValue: 5 },
    Secret: { Type: 'String', Default: 'hush', NoEcho: true },
    Mode: { Type: 'String', Default: 'fast', AllowedValues: ['fast', 'slow'] },
  };
  const body = template(
    { 'Fn::Join': ['|', [{ Ref: 'Version' }, { 'Fn::Select': [1, { Ref: 'Names' }] }, { Ref: 'Mode' }]] },
    {
      Parameters,
    },
  );

  test('take their defaults, and the parameter store answers for its type', async () => {
    const stack = await stacks.deploy(body);
    expect([...stacks.things.values()]).toEqual([{ Value: '31|b|fast' }]);
    expect(stack.list('Parameters')).toEqual([
      { ParameterKey: 'Version', ParameterValue: '/version', ResolvedValue: '31' },
      { ParameterKey: 'Names', ParameterValue: 'a, b' },
      { ParameterKey: 'Count', ParameterValue: '3' },
      { ParameterKey: 'Secret', ParameterValue: '****' },
      { ParameterKey: 'Mode', ParameterValue: 'fast' },
    ]);
  });

  test('change the resources that use them', async () => {
    await stacks.deploy(body);
    await stacks.deploy(body, { Parameters: [{ ParameterKey: 'Mode', ParameterValue: 'slow' }] });
    await stacks.deploy(body, {
      Parameters: [
        { ParameterKey: 'Mode', UsePreviousValue: 'true' },
        { ParameterKey: 'Names', ParameterValue: 'x,y' },
      ],
    });
    expect([...stacks.things.values()]).toEqual([{ Value: '31|y|slow' }]);
  });

  test.each([
    ['Mode', 'medium', 'Parameter \'Mode\' must be one of [fast, slow], got "medium"'],
    ['Count', '6', "Parameter 'Count' must be smaller"],
    ['Count', 'many', "Parameter 'Count' must be a number"],
  ])('refuses %s = %s', async (ParameterKey, ParameterValue, message) => {
    await expect(stacks.deploy(body, { Parameters: [{ ParameterKey, ParameterValue }] })).rejects.toThrow(message);
  });
});

describe('conditions and rules', () => {
  const body = {
    Parameters: { Mode: { Type: 'String', Default: 'small' } },
    Conditions: { Large: { 'Fn::Equals': [{ Ref: 'Mode' }, 'large'] }, Small: { 'Fn::Not': [{ Condition: 'Large' }] } },
    Resources: {
      A: { Type: 'Test::Thing', Properties: { Value: { 'Fn::If': ['Large', { Ref: 'B' }, { Ref: 'AWS::NoValue' }] } } },
      B: { Type: 'Test::Thing', Condition: 'Large' },
    },
    Outputs: { O: { Value: { Ref: 'A' } }, P: { Value: { Ref: 'B' }, Condition: 'Large' } },
  };

  test('make and remove resources and outputs', async () => {
    const small = await stacks.deploy(body);
    expect([...stacks.things.values()]).toEqual([{}]);
    expect(small.list('Outputs')).toHaveLength(1);
    const large = await stacks.deploy(body, { Parameters: [{ ParameterKey: 'Mode', ParameterValue: 'large' }] });
    expect([...stacks.things.values()]).toEqual([{ Value: 'b-2' }, {}]);
    expect(large.list('Outputs')).toHaveLength(2);
    await stacks.deploy(body);
    expect([...stacks.things.values()]).toEqual([{}]);
  });

  test('of a new stack may leave it without resources', async () => {
    const none = { ...body, Resources: { B: body.Resources.B }, Outputs: {} };
    expect((await stacks.deploy(none)).text('StackStatus')).toBe('CREATE_COMPLETE');
    expect(stacks.things.size).toBe(0);
  });

  test('a reference to a resource whose condition no longer holds fails, and the resource stays', async () => {
    const A = { Type: 'Test::Thing', Properties: { Value: { Ref: 'B' } } };
    const bad = { ...body, Resources: { ...body.Resources, A } };
    await stacks.deploy(bad, { Parameters: [{ ParameterKey: 'Mode', ParameterValue: 'large' }] });
    const stack = await stacks.deploy(bad);
    expect(stack.text('StackStatus')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stacks.things.size).toBe(2);
  });

  test('a rule that does not hold refuses the template in its own words', async () => {
    const assertion = (versions: string[]) => ({
      Parameters: { Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' } },
      Rules: {
        Check: {
          Assertions: [
            {
              Assert: { 'Fn::Not': [{ 'Fn::Contains': [versions, { Ref: 'Version' }] }] },
              AssertDescription: 'too old',
            },
          ],
        },
      },
    });
    await expect(create(template(1, assertion(['31'])))).rejects.toThrow('Rule Check failed: too old');
    expect((await stacks.call('DescribeStacks', {})).Stacks).toEqual([]);
    await create(template(1, assertion(['1', '2', '3'])));
  });
});

describe('exports', () => {
  const exporting = (Value: string) => ({
    ...template(1),
    Outputs: { O: { Value, Export: { Name: 'shared' } } },
  });
  const deployOther = async (body: Input = template({ 'Fn::ImportValue': 'shared' })) => {
    const other = { StackName: 'Other', ChangeSetName: 'new' };
    await create(body, other);
    await stacks.call('ExecuteChangeSet', other);
    return new Reader(await stacks.call('DescribeStacks', other)).records('Stacks')[0];
  };

  test('reach other stacks, and stay as long as these use them', async () => {
    await stacks.deploy(exporting('x'));
    const other = await deployOther();
    expect(other.text('StackStatus')).toBe('CREATE_COMPLETE');
    expect([...stacks.things.values()]).toContainEqual({ Value: 'x' });
    const changed = await stacks.deploy(exporting('y'));
    expect(changed.text('StackStatus')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(changed.text('StackStatusReason')).toContain('is in use by Other');
    expect((await stacks.destroy()).text('StackStatus')).toBe('DELETE_FAILED');
    await stacks.call('DeleteStack', { StackName: 'Other' });
    await stacks.call('DescribeStacks', { StackName: other.text('StackId') });
    expect((await stacks.destroy()).text('StackStatus')).toBe('DELETE_COMPLETE');
  });

  test('have one owner', async () => {
    await stacks.deploy(exporting('x'));
    const other = await deployOther(exporting('y'));
    expect(other.text('StackStatusReason')).toContain('shared is already exported by stack Shop');
  });

  test('that nobody made fail the resource', async () => {
    expect((await deployOther()).text('StackStatus')).toBe('ROLLBACK_COMPLETE');
  });
});
