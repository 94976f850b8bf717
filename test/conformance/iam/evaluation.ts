import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { expect } from 'vitest';
import { actAs, clientsOf, makeRole, type Statements } from '../kit/acting';
import type { Clients } from '../kit/clients';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const LOGIC = 'IAM/latest/UserGuide/reference_policies_evaluation-logic.html';
const SAME_ACCOUNT = 'IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html';
const ERRORS = 'IAM/latest/UserGuide/troubleshoot_access-denied.html';

const queueOf = async ({ clients: { sqs }, name, cleanup }: Target) => {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name('queue') }));
  cleanup(() => sqs.send(new DeleteQueueCommand({ QueueUrl })));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return { QueueUrl, arn: Attributes?.QueueArn ?? '' };
};

const send = ({ sqs }: Clients, QueueUrl: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));

const allow = (Resource: string, more: Readonly<Record<string, unknown>> = {}): Statements[number] => ({
  ...{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource },
  ...more,
});

const setPolicy = ({ clients: { sqs } }: Target, QueueUrl: string, statement: Statements[number]) =>
  sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl,
      Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: statement }) },
    }),
  );

export const evaluation = table('IAM', 'How policies are evaluated', [
  {
    behaviour: 'a call is denied unless a policy allows it, and the answer names user, action and resource',
    source: ERRORS,
    test: async (target) => {
      const { QueueUrl, arn } = await queueOf(target);
      const role = await actAs(target, [allow(`${arn}-other`)]);
      await expect(send(role, QueueUrl)).rejects.toThrow(
        new RegExp(
          `^User: arn:aws:sts::${target.account}:assumed-role/role-\\w+/conformance is not authorized to perform: ` +
            `sqs:sendmessage on resource: ${arn} because no identity-based policy allows the sqs:sendmessage action`,
          'i',
        ),
      );
    },
  },
  {
    behaviour: 'an identity-based policy allows a call',
    source: LOGIC,
    test: async (target) => {
      const { QueueUrl, arn } = await queueOf(target);
      const role = await actAs(target, [allow(arn)]);
      expect(await target.eventually(() => send(role, QueueUrl))).toHaveProperty('MessageId');
    },
  },
  {
    behaviour: 'an explicit deny overrides any allow',
    source: LOGIC,
    test: async (target) => {
      const { QueueUrl, arn } = await queueOf(target);
      const role = await actAs(target, [allow('*'), { ...allow(arn), Effect: 'Deny' }]);
      await expect(send(role, QueueUrl)).rejects.toThrow('with an explicit deny in an identity-based policy');
    },
  },
  {
    behaviour: 'a permissions boundary limits what an identity-based policy allows, and grants nothing itself',
    source: 'IAM/latest/UserGuide/access_policies_boundaries.html',
    test: async (target) => {
      const { QueueUrl, arn } = await queueOf(target);
      const limited = await actAs(target, [allow(arn)], [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]);
      await expect(send(limited, QueueUrl)).rejects.toThrow('because no permissions boundary allows');
      const empty = await actAs(target, [], [allow('*')]);
      await expect(send(empty, QueueUrl)).rejects.toThrow('because no identity-based policy allows');
      const both = await actAs(target, [allow(arn)], [allow('*')]);
      expect(await target.eventually(() => send(both, QueueUrl))).toHaveProperty('MessageId');
    },
  },
  {
    behaviour: 'the policy of a resource that names a role is enough in the same account',
    source: SAME_ACCOUNT,
    test: async (target) => {
      const { QueueUrl, arn } = await queueOf(target);
      const roleArn = await makeRole(target, []);
      const role = await clientsOf(target, roleArn);
      await expect(send(role, QueueUrl)).rejects.toThrow('not authorized');
      await setPolicy(target, QueueUrl, allow(arn, { Principal: { AWS: roleArn } }));
      expect(await target.eventually(() => send(role, QueueUrl))).toHaveProperty('MessageId');
    },
  },
  {
    behaviour:
      'the policy of a resource that allows the account leaves the decision to its roles, one that denies it denies them',
    source: 'IAM/latest/UserGuide/reference_policies_elements_principal.html',
    test: async (target) => {
      const { QueueUrl, arn } = await queueOf(target);
      await setPolicy(target, QueueUrl, allow(arn, { Principal: { AWS: target.account } }));
      const role = await actAs(target, []);
      await expect(send(role, QueueUrl)).rejects.toThrow('because no identity-based policy allows');
      const able = await actAs(target, [allow(arn)]);
      expect(await target.eventually(() => send(able, QueueUrl))).toHaveProperty('MessageId');
      await setPolicy(target, QueueUrl, { ...allow(arn, { Principal: { AWS: target.account } }), Effect: 'Deny' });
      await target.eventually(() =>
        expect(send(able, QueueUrl)).rejects.toThrow('with an explicit deny in a resource-based policy'),
      );
    },
  },
  {
    behaviour: 'a deny in the policy of a resource holds for a role that may do everything',
    source: LOGIC,
    test: async (target) => {
      const { QueueUrl, arn } = await queueOf(target);
      await setPolicy(target, QueueUrl, { ...allow(arn, { Principal: '*' }), Effect: 'Deny' });
      const role = await actAs(target, [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
      await expect(send(role, QueueUrl)).rejects.toThrow('with an explicit deny in a resource-based policy');
    },
  },
  {
    behaviour: 'a role is assumed only by whom its trust policy names, an administrator too',
    source: 'IAM/latest/UserGuide/id_roles_create_for-user.html',
    test: async (target) => {
      const roleArn = await makeRole(target, [], { Service: 'lambda.amazonaws.com' });
      const assume = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'me' });
      await expect(target.clients.sts.send(assume)).rejects.toMatchObject({ name: 'AccessDenied' });
    },
  },
]);
