import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { Input, Service } from '../../../local/core/service';
import { createTestStacks, type TestStacks } from './support';

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
  stacks = await createTestStacks([s3]);
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
    const fixed = (Properties: Input) => ({ Type: 'Test::Fixed', Properties });
    const former = {
      A: thing({ Value: 1 }),
      B: thing({ Kind: 'x' }),
      C: thing({}),
      D: thing({}),
      F: fixed({ Value: 1 }),
    };
    await stacks.deploy({ Resources: former });
    await update({
      Resources: {
        A: thing({ Value: 2 }),
        B: thing({ Kind: 'y' }),
        D: thing({}),
        E: thing({}),
        F: fixed({ Value: 2 }),
      },
    });
    const changes = (await describeChangeSet()).records('Changes').map((change) => {
      const { Action, LogicalResourceId, Replacement } = change.record('ResourceChange').values;
      return [Action, LogicalResourceId, Replacement];
    });
    expect(changes).toEqual([
      ['Modify', 'A', 'False'],
      ['Modify', 'B', 'True'],
      ['Add', 'E', undefined],
      ['Modify', 'F', 'True'],
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
});
