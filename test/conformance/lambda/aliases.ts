import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  DeleteAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListAliasesCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import { actAs } from '../kit/acting';
import { functionOf, invoke } from '../kit/functions';
import { stackOf } from '../kit/stacks';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const GUIDE = 'lambda/latest/dg/using-aliases.html';
const CONTEXT = 'lambda/latest/dg/nodejs-context.html';
const CREATE = 'lambda/latest/api/API_CreateAlias.html';

const WHO =
  'exports.handler = async (_, { invokedFunctionArn, functionVersion }) => [invokedFunctionArn, functionVersion];';

const LOGGING = 'exports.handler = async (_, { invokedFunctionArn }) => console.log(invokedFunctionArn);';

/** Waits until the function has logged a text. */
const logs = (target: Target, name: string, text: string): Promise<void> =>
  target.eventually(async () => {
    const command = new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` });
    const { events = [] } = await target.clients.logs.send(command);
    expect(events.map(({ message }) => message).join('')).toContain(text);
  });

const aliasOf = async (target: Target, FunctionName: string, Name = 'team'): Promise<string> => {
  const { lambda } = target.clients;
  const alias = await lambda.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion: '$LATEST' }));
  return alias.AliasArn ?? '';
};

const missing = { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } };

export const aliases = table('Lambda', 'Aliases', [
  {
    behaviour: 'an alias of $LATEST runs what the function runs, and tells the code by which ARN it was called',
    source: CONTEXT,
    test: async (target) => {
      const name = await functionOf(target, WHO);
      const arn = await aliasOf(target, name);
      expect(arn).toMatch(new RegExp(`:function:${name}:team$`));
      expect((await invoke(target, name, {})).payload).toEqual([arn.replace(/:team$/, ''), '$LATEST']);
      const byAlias = await invoke(target, name, {}, { Qualifier: 'team' });
      expect(byAlias).toMatchObject({ payload: [arn, '$LATEST'], ExecutedVersion: '$LATEST' });
      expect((await invoke(target, arn, {})).payload).toEqual([arn, '$LATEST']);
      expect((await invoke(target, `${name}:team`, {})).payload).toEqual([arn, '$LATEST']);
    },
  },
  {
    behaviour: 'an alias that is not there is not found',
    source: 'lambda/latest/api/API_Invoke.html',
    test: async (target) => {
      const FunctionName = await functionOf(target, WHO);
      const { lambda } = target.clients;
      await expect(invoke(target, FunctionName, {}, { Qualifier: 'nobody' })).rejects.toMatchObject(missing);
      await expect(lambda.send(new GetAliasCommand({ FunctionName, Name: 'nobody' }))).rejects.toMatchObject(missing);
    },
  },
  {
    behaviour: 'an alias is shown, listed, described anew and deleted',
    source: CREATE,
    test: async (target) => {
      const FunctionName = await functionOf(target, WHO);
      const { lambda } = target.clients;
      const AliasArn = await aliasOf(target, FunctionName);
      await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'team', Description: 'theirs' }));
      const shown = { AliasArn, Name: 'team', FunctionVersion: '$LATEST', Description: 'theirs' };
      expect(await lambda.send(new GetAliasCommand({ FunctionName, Name: 'team' }))).toMatchObject(shown);
      expect((await lambda.send(new ListAliasesCommand({ FunctionName }))).Aliases).toMatchObject([shown]);
      const byAlias = new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'team' });
      expect(await lambda.send(byAlias)).toMatchObject({ FunctionName, FunctionArn: AliasArn, Version: '$LATEST' });
      await lambda.send(new DeleteAliasCommand({ FunctionName, Name: 'team' }));
      expect((await lambda.send(new ListAliasesCommand({ FunctionName }))).Aliases).toEqual([]);
    },
  },
  {
    behaviour: 'an alias has a name of its own, which is no number',
    source: CREATE,
    test: async (target) => {
      const name = await functionOf(target, WHO);
      await aliasOf(target, name);
      await expect(aliasOf(target, name)).rejects.toMatchObject({ name: 'ResourceConflictException' });
      for (const wrong of ['42', 'a b']) await expect(aliasOf(target, name, wrong)).rejects.toThrow();
    },
  },
  {
    behaviour: 'who may call an alias may not call the function, nor another alias, and the other way round',
    source: GUIDE,
    test: async (target) => {
      const FunctionName = await functionOf(target, WHO);
      const arn = await aliasOf(target, FunctionName);
      await aliasOf(target, FunctionName, 'other');
      const whole = arn.replace(/:team$/, '');
      const call = (Qualifier?: string) => new InvokeCommand({ FunctionName, Qualifier });
      const allow = (Resource: string) => [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource }];
      const member = await actAs(target, allow(arn));
      const anybody = await actAs(target, allow(whole));
      const denied = { name: 'AccessDeniedException' };
      await target.eventually(() => member.lambda.send(call('team')));
      await expect(member.lambda.send(call())).rejects.toMatchObject(denied);
      await expect(member.lambda.send(call('other'))).rejects.toMatchObject(denied);
      await target.eventually(() => anybody.lambda.send(call()));
      await expect(anybody.lambda.send(call('team'))).rejects.toMatchObject(denied);
    },
  },
  {
    behaviour: 'an alias has a resource policy of its own',
    source: GUIDE,
    test: async (target) => {
      const FunctionName = await functionOf(target, WHO);
      const { lambda } = target.clients;
      const arn = await aliasOf(target, FunctionName);
      const permission = { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' };
      await lambda.send(new AddPermissionCommand({ ...permission, FunctionName, Qualifier: 'team' }));
      const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName, Qualifier: 'team' }));
      expect(JSON.parse(Policy ?? '')).toMatchObject({ Statement: [{ Sid: 's', Resource: arn }] });
      await expect(lambda.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject(missing);
    },
  },
  {
    behaviour: 'a rule calls an alias whose policy lets it in',
    source: GUIDE,
    test: async (target) => {
      const { events, lambda } = target.clients;
      const name = await functionOf(target, LOGGING);
      const Arn = await aliasOf(target, name);
      const [Rule, source] = [target.name('rule'), target.name('source')];
      const EventPattern = JSON.stringify({ source: [source] });
      const { RuleArn } = await events.send(new PutRuleCommand({ Name: Rule, EventPattern }));
      await events.send(new PutTargetsCommand({ Rule, Targets: [{ Id: 'one', Arn }] }));
      target.cleanup(async () => {
        await events.send(new RemoveTargetsCommand({ Rule, Ids: ['one'] }));
        await events.send(new DeleteRuleCommand({ Name: Rule }));
      });
      const permission = { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' };
      await lambda.send(new AddPermissionCommand({ ...permission, FunctionName: Arn, SourceArn: RuleArn }));
      await events.send(new PutEventsCommand({ Entries: [{ Source: source, DetailType: 'd', Detail: '{}' }] }));
      await logs(target, name, Arn);
    },
  },
  {
    behaviour: 'an event for an alias tells its code so',
    source: 'lambda/latest/dg/invocation-async.html',
    test: async (target) => {
      const name = await functionOf(target, LOGGING);
      const arn = await aliasOf(target, name);
      await invoke(target, arn, {}, { InvocationType: 'Event' });
      await logs(target, name, arn);
    },
  },
  {
    behaviour: 'in a stack, Ref is the ARN of the alias, and a changed name makes another one',
    source: 'AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html',
    test: async (target) => {
      const FunctionName = await functionOf(target, WHO);
      const stack = stackOf(target);
      const template = (Name: string) => ({
        Resources: {
          Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName, FunctionVersion: '$LATEST', Name } },
        },
        Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Alias', 'AliasArn'] } } },
      });
      await stack.deploy(template('first'));
      const [id] = Object.values(await stack.ids());
      expect(id).toMatch(/:first$/);
      expect((await invoke(target, id, {})).payload).toEqual([id, '$LATEST']);
      await stack.deploy(template('second'));
      expect((await invoke(target, FunctionName, {}, { Qualifier: 'second' })).StatusCode).toBe(200);
      await expect(invoke(target, FunctionName, {}, { Qualifier: 'first' })).rejects.toMatchObject(missing);
      await stack.remove();
      await expect(invoke(target, FunctionName, {}, { Qualifier: 'second' })).rejects.toMatchObject(missing);
    },
  },
]);
