import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { beforeEach, describe, expect, test } from 'vitest';
import { allowInstances } from '../../lib/compute/launch-template/volume-key';
import { allowAlarms, allowEvents, allowLogs } from '../../lib/private/key-policy';
import { isRecord, resourcesOf } from '../support/template';
import { newStack } from '../support/stack';
import { warningsOf } from '../support/warnings';

const ARN = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';

/** What a service needs of a key: who calls for it, the ids of the statements, and what is lost without them. */
const USERS = [
  { user: 'CloudWatch Logs', admit: allowLogs, sids: ['CloudWatchLogs'], lost: ['CloudWatch Logs makes no log group'] },
  {
    user: 'EventBridge',
    admit: allowEvents,
    sids: ['Events'],
    lost: ['what EventBridge sends to topics and queues is lost'],
  },
  { user: 'CloudWatch', admit: allowAlarms, sids: ['Alarms'], lost: ['what alarms send to topics is lost'] },
  {
    user: 'EC2 Auto Scaling',
    admit: (stack: Stack, key: kms.IKey) => {
      allowInstances(stack, key, false);
    },
    sids: ['InstanceVolumes', 'InstanceVolumeGrants'],
    lost: ['instances end as soon as they start', 'instances end as soon as they start'],
  },
  {
    user: 'Spot',
    admit: (stack: Stack, key: kms.IKey) => {
      allowInstances(stack, key, true);
    },
    sids: ['InstanceVolumesOnSpot', 'InstanceVolumeGrantsOnSpot'],
    lost: ['instances end as soon as they start', 'instances end as soon as they start'],
  },
];

const policyIn = (stack: Stack): unknown => {
  const key = [...resourcesOf(Template.fromStack(stack).toJSON()).values()].find(
    ({ Type }) => Type === 'AWS::KMS::Key',
  );
  const policy = key?.Properties.KeyPolicy;
  return isRecord(policy) ? policy.Statement : undefined;
};

describe.each(USERS)('the policy of a key that $user uses', ({ admit, sids, lost }) => {
  let stack: Stack;

  beforeEach(() => {
    stack = newStack();
  });

  test('is completed when the key is of this app, once', () => {
    const key = new kms.Key(stack, 'Key');
    admit(stack, key);
    admit(stack, key);
    const root: unknown = expect.anything();
    expect(policyIn(stack)).toEqual([root, ...sids.map((Sid): unknown => expect.objectContaining({ Sid }))]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is completed in the stack that has the key', () => {
    const app = new App();
    const keys = new Stack(app, 'Keys');
    admit(new Stack(app, 'Users'), new kms.Key(keys, 'Key'));
    expect(policyIn(keys)).toHaveLength(1 + sids.length);
  });

  test.each([
    ['by its ARN', (scope: Stack) => kms.Key.fromKeyArn(scope, 'Key', ARN)],
    ['by its alias', (scope: Stack) => kms.Alias.fromAliasName(scope, 'Key', 'alias/data')],
  ])('is asked for when the key is imported %s: each statement, once', (_, imported) => {
    const key = imported(stack);
    admit(stack, key);
    admit(stack, key);
    const warnings = warningsOf(stack);
    expect(warnings).toHaveLength(sids.length);
    for (const [index, sid] of sids.entries()) {
      expect(warnings[index]).toContain(lost[index]);
      expect(warnings[index]).toContain('[ack: cdk-batch-platform:key-policy]');
      const json = /without this statement in it: (\{.*\}); add it/.exec(warnings[index])?.[1] ?? '';
      expect(JSON.parse(json)).toMatchObject({ Sid: sid, Effect: 'Allow', Resource: '*' });
    }
  });
});

test('the statement is the one that a key of this app is given, with deploy-time values as Fn::Sub has them', () => {
  const stack = newStack();
  allowLogs(stack, kms.Key.fromKeyArn(stack, 'Key', ARN));
  expect(warningsOf(stack)).toEqual([
    'the policy of this key cannot be changed from here, and CloudWatch Logs makes no log group without this statement in ' +
      'it: {"Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*","kms:DescribeKey"],' +
      '"Condition":{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":' +
      '"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*"}},"Effect":"Allow",' +
      '"Principal":{"Service":"logs.${AWS::Region}.${AWS::URLSuffix}"},"Resource":"*","Sid":"CloudWatchLogs"}; add it, unless ' +
      'it is there (keys of AWS such as alias/aws/sqs cannot have it) [ack: cdk-batch-platform:key-policy]',
  ]);
});

test('a stack with a Region and an account asks for what can be copied as it is', () => {
  const stack = newStack({ env: { account: '123456789012', region: 'eu-central-1' } });
  allowLogs(stack, kms.Key.fromKeyArn(stack, 'Key', ARN));
  expect(warningsOf(stack)[0]).toContain(':logs:eu-central-1:123456789012:log-group:*"');
  expect(warningsOf(stack)[0]).toContain('{"Service":"logs.eu-central-1.${AWS::URLSuffix}"}');
});
