import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { Input, Service } from '../../../local/core/service';
import { createTestStacks, type TestStacks } from './support';

const stored = new Map([['/version', '31']]);
const ssm: Service = {
  name: 'ssm',
  operations: { GetParameter: ({ Name }) => ({ Parameter: { Name, Value: stored.get(String(Name)) ?? 'none' } }) },
};
const objects = new Map<string, string>();
const s3: Service = {
  name: 's3',
  operations: {
    GetObject: ({ Bucket, Key }) => ({ Body: Buffer.from(objects.get(`${String(Bucket)}/${String(Key)}`) ?? '') }),
  },
};

const template = (Value: unknown, more: Input = {}): Input => ({
  Resources: { A: { Type: 'Test::Thing', Properties: { Value } } },
  ...more,
});

let stacks: TestStacks;
beforeEach(async () => {
  stacks = await createTestStacks([ssm, s3]);
});
afterEach(() => stacks.world.close());

const create = (body: unknown, options: Input = {}) =>
  stacks.call('CreateChangeSet', {
    StackName: 'Shop',
    ChangeSetName: 'new',
    ChangeSetType: 'CREATE',
    TemplateBody: typeof body === 'string' ? body : JSON.stringify(body),
    ...options,
  });
const describeChangeSet = async (): Promise<Reader> =>
  new Reader(await stacks.call('DescribeChangeSet', { StackName: 'Shop', ChangeSetName: 'new' }));
const update = (body: unknown, options: Input = {}) => create(body, { ChangeSetType: 'UPDATE', ...options });

describe('a change set', () => {
  test('for a new stack leaves the stack in review until it is executed', async () => {
    await create(template(1));
    const changes = await describeChangeSet();
    expect(changes.text('Status')).toBe('CREATE_COMPLETE');
    expect(changes.text('ExecutionStatus')).toBe('AVAILABLE');
    expect(changes.list('Changes')).toMatchObject([
      { Type: 'Resource', ResourceChange: { Action: 'Add', LogicalResourceId: 'A', ResourceType: 'Test::Thing' } },
    ]);
    const [stack] = new Reader(await stacks.call('DescribeStacks', { StackName: 'Shop' })).records('Stacks');
    expect(stack.text('StackStatus')).toBe('REVIEW_IN_PROGRESS');
    expect((await stacks.call('GetTemplate', { StackName: 'Shop' })).TemplateBody).toBe('');
    expect(stacks.history).toEqual([]);
  });

  test('tells what is added, changed, replaced and removed', async () => {
    const thing = (Properties: Input) => ({ Type: 'Test::Thing', Properties });
    await stacks.deploy({ Resources: { A: thing({ Value: 1 }), B: thing({ Kind: 'x' }), C: thing({}), D: thing({}) } });
    await update({ Resources: { A: thing({ Value: 2 }), B: thing({ Kind: 'y' }), D: thing({}), E: thing({}) } });
    const changes = (await describeChangeSet()).records('Changes').map((change) => {
      const { Action, LogicalResourceId, Replacement } = change.record('ResourceChange').values;
      return [Action, LogicalResourceId, Replacement];
    });
    expect(changes).toEqual([
      ['Modify', 'A', 'False'],
      ['Modify', 'B', 'True'],
      ['Add', 'E', undefined],
      ['Remove', 'C', undefined],
    ]);
  });

  test('without a difference fails in the words that the CDK CLI looks for', async () => {
    await stacks.deploy(template(1));
    await update(template(1));
    const changes = await describeChangeSet();
    expect(changes.text('Status')).toBe('FAILED');
    expect(changes.text('StatusReason')).toMatch(/^The submitted information didn't contain changes\./);
    await expect(stacks.call('ExecuteChangeSet', { StackName: 'Shop', ChangeSetName: 'new' })).rejects.toMatchObject({
      code: 'InvalidChangeSetStatus',
    });
  });

  test.each([
    ['an output', template(1, { Outputs: { O: { Value: 'x' } } }), {}],
    ['a tag of the stack', template(1), { Tags: [{ Key: 'team', Value: 'a' }] }],
  ])('with %s only can be executed', async (_, body, options) => {
    await stacks.deploy(template(1));
    await update(body, options);
    expect((await describeChangeSet()).text('Status')).toBe('CREATE_COMPLETE');
  });

  test('comes from an object of the own S3', async () => {
    objects.set('assets/a b.json', JSON.stringify(template(7)));
    const TemplateURL = `${stacks.world.url}/assets/a%20b.json`;
    await stacks.deploy({}, { TemplateBody: undefined, TemplateURL });
    expect([...stacks.things.values()]).toEqual([{ Value: 7 }]);
  });

  test('that was deleted, or never was, is not found', async () => {
    await create(template(1));
    await stacks.call('DeleteChangeSet', { StackName: 'Shop', ChangeSetName: 'new' });
    await stacks.call('DeleteChangeSet', { StackName: 'Shop', ChangeSetName: 'new' });
    await expect(describeChangeSet()).rejects.toMatchObject({ code: 'ChangeSetNotFound', statusCode: 404 });
  });
});

describe('a request is refused', () => {
  test.each([
    ['for text that is no JSON', 'Resources:\n  A: {}', {}, 'only JSON templates are supported'],
    ['without resources', {}, {}, 'At least one Resources member must be defined'],
    ['for an unknown section', template(1, { Transform: 'x' }), {}, 'does not support the template section Transform'],
    [
      'for an unknown attribute of a resource',
      { Resources: { A: { Type: 'T', CreationPolicy: {} } } },
      {},
      'does not support the attribute CreationPolicy of resource A',
    ],
    [
      'for an unknown deletion policy',
      { Resources: { A: { Type: 'T', DeletionPolicy: 'Snapshot' } } },
      {},
      'the DeletionPolicy of A: "Snapshot"; use one of Delete, Retain, RetainExceptOnCreate',
    ],
    ['for a reference to nothing', template({ Ref: 'Nope' }), {}, 'Unresolved resource dependencies [Nope]'],
    [
      'for an attribute of a parameter',
      template({ 'Fn::GetAtt': ['P', 'Arn'] }, { Parameters: { P: { Type: 'String', Default: 'x' } } }),
      {},
      'Unresolved resource dependencies [P]',
    ],
    ['for an unknown function', template({ 'Fn::Nope': 1 }), {}, 'does not support the template function Fn::Nope'],
    ['for an unknown condition', template({ 'Fn::If': ['C', 1, 2] }), {}, 'Unresolved condition dependency C'],
    [
      'for a cycle',
      {
        Resources: {
          A: { Type: 'T', Properties: { V: { Ref: 'B' } } },
          B: { Type: 'T', DependsOn: ['C'] },
          C: { Type: 'T', DependsOn: 'A' },
        },
      },
      {},
      'Circular dependency between resources: [A, B, C]',
    ],
    [
      'for an output of nothing',
      template(1, { Outputs: { O: { Value: { Ref: 'X' } } } }),
      {},
      'Unresolved resource dependencies [X] in the Outputs block',
    ],
    [
      'for a parameter that is not declared',
      template(1),
      { Parameters: [{ ParameterKey: 'X', ParameterValue: '1' }] },
      'Parameters: [X] do not exist in the template',
    ],
    [
      'without a parameter that is needed',
      template(1, { Parameters: { P: { Type: 'String' } } }),
      {},
      'Parameters: [P] must have values',
    ],
    ['for a bad name', template(1), { StackName: '1shop' }, 'must begin with a letter'],
    [
      'for an import',
      template(1),
      { ImportExistingResources: 'true' },
      'does not support the import of existing resources',
    ],
    ['for topics', template(1), { NotificationARNs: ['arn:x'] }, 'does not support NotificationARNs'],
    [
      'for express mode',
      template(1),
      { DeploymentConfig: { Mode: 'EXPRESS' } },
      'does not support deployment mode EXPRESS',
    ],
    [
      'for a template elsewhere',
      '',
      { TemplateBody: undefined, TemplateURL: 'https://example.com/a.json' },
      'does not support the TemplateURL',
    ],
    [
      'for IAM without the word for it',
      { Resources: { R: { Type: 'AWS::IAM::Role' } } },
      {},
      'Requires capabilities : [CAPABILITY_IAM]',
    ],
    ['for an update of nothing', template(1), { ChangeSetType: 'UPDATE' }, 'Stack [Shop] does not exist'],
    ['for another kind', template(1), { ChangeSetType: 'IMPORT' }, 'does not support ChangeSetType IMPORT'],
  ])('%s', async (_, body, options, message) => {
    await expect(create(body, options)).rejects.toThrow(message);
    expect((await stacks.call('DescribeStacks', {})).Stacks).toEqual([]);
  });

  test('for a stack that exists or has failed', async () => {
    await stacks.deploy(template(1));
    await expect(create(template(2))).rejects.toThrow('Stack [Shop] already exists');
    await stacks.destroy();
    await stacks.deploy({ Resources: { A: { Type: 'Nope' } } });
    await expect(update(template(2))).rejects.toThrow('is in ROLLBACK_COMPLETE state and can not be updated');
  });

  test('that would leave a failed deployment standing', async () => {
    await create(template(1));
    const execute = stacks.call('ExecuteChangeSet', {
      StackName: 'Shop',
      ChangeSetName: 'new',
      DisableRollback: 'true',
    });
    await expect(execute).rejects.toThrow('does not support DisableRollback');
  });
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
    await create(template(1, assertion(['1', '2', '3'])));
  });
});

describe('exports', () => {
  const exporting = (Value: string) => ({
    ...template(1),
    Outputs: { O: { Value, Export: { Name: 'shared' } } },
  });
  const deployOther = async () => {
    const other = { StackName: 'Other', ChangeSetName: 'new' };
    await create(template({ 'Fn::ImportValue': 'shared' }), other);
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

  test('that nobody made fail the resource', async () => {
    expect((await deployOther()).text('StackStatus')).toBe('ROLLBACK_COMPLETE');
  });
});
