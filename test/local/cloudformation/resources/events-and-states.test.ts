import { afterAll, beforeAll, expect, test } from 'vitest';
import { att, createRealStack, outputsOf, ref, type RealStack } from './real-stack';

let shop: RealStack;
beforeAll(async () => {
  shop = await createRealStack();
});
afterAll(() => shop.world.close());

test('a rule has its targets, and loses those that go', async () => {
  const rule = (...ids: string[]) => ({
    Queue: { Type: 'AWS::SQS::Queue' },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.s3'] },
        State: 'ENABLED',
        Targets: ids.map((Id) => ({ Id, Arn: att('Queue', 'Arn') })),
      },
    },
  });
  const { Rule } = outputsOf(await shop.deployed(rule('a', 'b'), { Rule: ref('Rule') }));
  expect(await shop.run('events', 'DescribeRule', { Name: Rule })).toMatchObject({
    EventPattern: '{"source":["aws.s3"]}',
  });
  await shop.deployed(rule('b', 'c'));
  expect(await shop.run('events', 'ListTargetsByRule', { Rule })).toMatchObject({
    Targets: [{ Id: 'b' }, { Id: 'c' }],
  });
  await shop.destroyed();
  await expect(shop.run('events', 'DescribeRule', { Name: Rule })).rejects.toThrow();
});

test('a state machine is defined by its text with substitutions, and changes in place', async () => {
  const machine = (text: string) => ({
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        RoleArn: att('Role', 'Arn'),
        DefinitionString: {
          'Fn::Join': [
            '',
            ['{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Succeed","Comment":"', text, '"}}}'],
          ],
        },
        DefinitionSubstitutions: { word: 'hello' },
        Tags: [{ Key: 'a', Value: text }],
      },
    },
  });
  const { M: stateMachineArn } = outputsOf(await shop.deployed(machine('${word} 1'), { M: ref('Machine') }));
  await shop.deployed(machine('${word} 2'));
  const described = await shop.run('states', 'DescribeStateMachine', { stateMachineArn });
  expect(described.definition).toContain('hello 2');
  expect(described.roleArn).toMatch(/^arn:aws:iam::000000000000:role\/Shop-Role-[A-Z0-9]{12}$/);
  expect(await shop.run('states', 'ListTagsForResource', { resourceArn: stateMachineArn })).toEqual({
    tags: [{ key: 'a', value: '${word} 2' }],
  });
  await shop.destroyed();
  await expect(shop.run('states', 'DescribeStateMachine', { stateMachineArn })).rejects.toThrow();
});
