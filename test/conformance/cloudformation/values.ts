import { GetParameterCommand, DeleteParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { CreateSecretCommand, DeleteSecretCommand } from '@aws-sdk/client-secrets-manager';
import { ListQueueTagsCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { note, stackOf } from '../kit/stacks';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const REFERENCES = 'AWSCloudFormation/latest/UserGuide/dynamic-references';
const SCHEMAS = 'cloudformation-cli/latest/userguide/resource-type-schema.html';

const valueOf = async ({ clients: { ssm } }: Target, Name: string): Promise<string | undefined> =>
  (await ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value;

/** A resource whose schema is not kept, and what is said about it. */
const MISTAKES: readonly (readonly [properties: unknown, said: string])[] = [
  [{ DelaySeconds: 'long' }, '#/DelaySeconds: expected type: Integer, found: String'],
  [{ Colour: 'red' }, '#: extraneous key [Colour] is not permitted'],
  [{ Tags: [{ Key: 'a' }] }, '#/Tags/0: required key [Value] not found'],
  [{ Tags: { a: 'b' } }, '#/Tags: expected type: JSONArray, found: JSONObject'],
];

export const values = table('AWS CloudFormation', 'Properties', [
  {
    behaviour: 'properties that the schema of their type does not allow fail the resource',
    source: SCHEMAS,
    differs: 'all of them are found before anything is made, not when their resource is',
    test: async (target) => {
      for (const [Properties, said] of MISTAKES) {
        const stack = stackOf(target);
        await stack.deploy({ Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties } } });
        expect(await stack.reasons()).toContain(said);
      }
    },
  },
  {
    behaviour: 'a property that the schema requires must be there',
    source: SCHEMAS,
    test: async (target) => {
      const stack = stackOf(target);
      await stack.deploy({ Resources: { Topic: { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'sqs' } } } });
      expect(await stack.reasons()).toContain('required key [TopicArn] not found');
    },
  },
  {
    behaviour: '{{resolve:ssm}} is the latest value of a parameter, or that of a version',
    source: `${REFERENCES}-ssm.html`,
    test: async (target) => {
      const { ssm } = target.clients;
      const Name = target.name('parameter');
      target.cleanup(() => ssm.send(new DeleteParameterCommand({ Name })));
      for (const Value of ['one', 'two']) {
        await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
      }
      const stack = stackOf(target);
      const Resources = { A: note(`is {{resolve:ssm:${Name}}}`), B: note(`{{resolve:ssm:${Name}:1}}`) };
      expect((await stack.deploy({ Resources })).StackStatus).toBe('CREATE_COMPLETE');
      const { A, B } = await stack.ids();
      expect([await valueOf(target, A), await valueOf(target, B)]).toEqual(['is two', 'one']);
    },
  },
  {
    behaviour: '{{resolve:secretsmanager}} is a secret, or a key of its JSON, by name or ARN',
    source: `${REFERENCES}-secretsmanager.html`,
    test: async (target) => {
      const { secrets } = target.clients;
      const [Name, SecretString] = [target.name('secret'), '{"username":"anna","password":"p:1"}'];
      const { ARN: SecretId = '' } = await secrets.send(new CreateSecretCommand({ Name, SecretString }));
      target.cleanup(() => secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true })));
      const stack = stackOf(target);
      const Resources = {
        A: note(`{{resolve:secretsmanager:${Name}}}`),
        B: note(
          `{{resolve:secretsmanager:${Name}:SecretString:username}}/{{resolve:secretsmanager:${Name}:SecretString:password::}}`,
        ),
        C: note({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', SecretId, ':SecretString:username:AWSCURRENT:}}']] }),
      };
      expect((await stack.deploy({ Resources })).StackStatus).toBe('CREATE_COMPLETE');
      const { A, B, C } = await stack.ids();
      expect(await Promise.all([A, B, C].map((id) => valueOf(target, id)))).toEqual([SecretString, 'anna/p:1', 'anna']);
    },
  },
  {
    behaviour: 'a reference to what is not there fails the resource, and {{resolve:ssm-secure}} all but a few types',
    source: `${REFERENCES}.html`,
    test: async (target) => {
      const nope = target.name('nope');
      for (const [Value, said] of [
        [`{{resolve:ssm:${nope}}}`, 'ParameterNotFound'],
        [`{{resolve:secretsmanager:${nope}}}`, 'ResourceNotFoundException'],
        [`{{resolve:ssm-secure:${nope}:1}}`, 'SSM Secure reference is not supported in'],
      ]) {
        const stack = stackOf(target);
        expect((await stack.deploy({ Resources: { A: note(Value) } })).StackStatus).toBe('ROLLBACK_COMPLETE');
        expect(await stack.reasons()).toContain(said);
      }
    },
  },
  {
    behaviour: 'the tags of a stack are put on its resources, whose own tags come first',
    source: 'AWSCloudFormation/latest/UserGuide/resource-tags.html',
    differs: 'without the tags aws:cloudformation:stack-name, stack-id and logical-id',
    test: async (target) => {
      const stack = stackOf(target);
      const Tags = [
        { Key: 'team', Value: 'genomics' },
        { Key: 'stage', Value: 'test' },
      ];
      const Properties = { Tags: [{ Key: 'stage', Value: 'own' }] };
      await stack.deploy({ Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties } } }, { Tags });
      const { Queue: QueueUrl } = await stack.ids();
      const answer = await target.clients.sqs.send(new ListQueueTagsCommand({ QueueUrl }));
      expect(answer.Tags).toMatchObject({ team: 'genomics', stage: 'own' });
    },
  },
  {
    behaviour: 'a parameter of type AWS::SSM::Parameter::Value is the value of that parameter',
    source: 'AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html',
    test: async (target) => {
      const { ssm } = target.clients;
      const Name = target.name('parameter');
      target.cleanup(() => ssm.send(new DeleteParameterCommand({ Name })));
      await ssm.send(new PutParameterCommand({ Name, Value: 'stored', Type: 'String' }));
      const stack = stackOf(target);
      const Parameters = { Text: { Type: 'AWS::SSM::Parameter::Value<String>', Default: Name } };
      const answer = await stack.deploy({ Parameters, Resources: { A: note({ Ref: 'Text' }) } });
      expect(answer.Parameters).toEqual([{ ParameterKey: 'Text', ParameterValue: Name, ResolvedValue: 'stored' }]);
      expect(await valueOf(target, (await stack.ids()).A)).toBe('stored');
    },
  },
  {
    behaviour: 'the value of a parameter must match what its declaration says',
    source: 'AWSCloudFormation/latest/UserGuide/parameters-section-structure.html',
    test: async (target) => {
      const refused = async (declaration: Readonly<Record<string, unknown>>, ParameterValue: string) => {
        const template = {
          Parameters: { P: { Type: 'String', ...declaration } },
          Resources: { A: note({ Ref: 'P' }) },
        };
        const proposal = stackOf(target).propose(template, { Parameters: [{ ParameterKey: 'P', ParameterValue }] });
        await expect(proposal).rejects.toMatchObject({ name: 'ValidationError' });
      };
      await refused({ AllowedValues: ['a', 'b'] }, 'c');
      await refused({ AllowedPattern: '[a-z]*' }, 'A1');
      await refused({ MinLength: 2 }, 'a');
      await refused({ MaxLength: 2 }, 'abc');
      await refused({ Type: 'Number' }, 'many');
      await refused({ Type: 'Number', MinValue: 2 }, '1');
      await refused({ Type: 'Number', MaxValue: 2 }, '3');
    },
  },
]);
