import { Annotations, App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { beforeEach, describe, expect, test } from 'vitest';
import { allowInstances } from '../../lib/compute/launch-template/volume-key';
import { allowAlarms, allowEvents, allowLogs } from '../../lib/private/key-policy';
import { isRecord, resourcesOf } from '../support/template';
import { newStack } from '../support/stack';
import { statementsIn, synthesizedWarnings, warningsOf } from '../support/warnings';

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
  ])('is asked for when the key is imported %s: all of it, once', (_, imported) => {
    const key = imported(stack);
    admit(stack, key);
    admit(stack, key);
    const [warning, ...others] = synthesizedWarnings(stack);
    expect(others).toEqual([]);
    for (const text of lost) expect(warning).toContain(text);
    expect(warning).toContain('[ack: cdk-batch-platform:key-policy]');
    expect(statementsIn(warning)).toMatchObject(sids.map((Sid) => ({ Sid, Effect: 'Allow', Resource: '*' })));
  });
});

describe('the warning of an imported key', () => {
  const imported = (stack: Stack): kms.IKey => kms.Key.fromKeyArn(stack, 'Key', ARN);
  const env = { account: '123456789012', region: 'eu-central-1' };

  test('is one for all that use it: what is lost, and a list of statements to paste', () => {
    const stack = newStack();
    const key = imported(stack);
    allowAlarms(stack, key);
    allowEvents(stack, key);
    expect(synthesizedWarnings(stack)).toEqual([
      'the policy of this key cannot be changed from here: add the statements that it does not have yet, or what alarms ' +
        'send to topics is lost (Alarms); what EventBridge sends to topics and queues is lost (Events)\n"Statement": [\n' +
        '  {"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Condition":{"StringEquals":{"aws:SourceAccount":"${AWS::AccountId}"}},' +
        '"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Resource":"*","Sid":"Alarms"},\n' +
        '  {"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},' +
        '"Resource":"*","Sid":"Events"}\n] [ack: cdk-batch-platform:key-policy]',
    ]);
  });

  test.each([
    ['before', [true, false]],
    ['after', [false, true]],
  ])('leaves out statements that come %s one that contains them', (_, spots) => {
    const stack = newStack();
    const key = imported(stack);
    for (const spot of spots) allowInstances(stack, key, spot);
    const [warning] = synthesizedWarnings(stack);
    const sids = ['InstanceVolumesOnSpot', 'InstanceVolumeGrantsOnSpot'];
    expect(statementsIn(warning).map(({ Sid }) => Sid)).toEqual(sids);
    expect(warning).toContain(`instances end as soon as they start (${sids.join(', ')})\n`);
  });

  test('has the statement that a key of this app is given, with deploy-time values as Fn::Sub has them', () => {
    const stack = newStack();
    allowLogs(stack, imported(stack));
    expect(statementsIn(synthesizedWarnings(stack)[0])).toEqual([
      {
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn':
              'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*',
          },
        },
        Effect: 'Allow',
        Principal: { Service: 'logs.${AWS::Region}.${AWS::URLSuffix}' },
        Resource: '*',
        Sid: 'CloudWatchLogs',
      },
    ]);
  });

  test('can be copied as it is in a stack with a Region and an account', () => {
    const stack = newStack({ env });
    allowLogs(stack, imported(stack));
    const [warning] = synthesizedWarnings(stack);
    expect(warning).toContain(':logs:eu-central-1:123456789012:log-group:*"');
    expect(warning).toContain('{"Service":"logs.eu-central-1.${AWS::URLSuffix}"}');
  });

  test('is one for each key', () => {
    const stack = newStack();
    allowLogs(stack, imported(stack));
    allowLogs(stack, kms.Key.fromKeyArn(stack, 'Other', `${ARN}6`));
    expect(synthesizedWarnings(stack)).toHaveLength(2);
  });

  test.each([
    ['alias/aws/sqs', true],
    ['alias/data', false],
  ])('says that keys of AWS cannot be changed at all only of these: %s', (alias, isSaid) => {
    const stack = newStack();
    allowEvents(stack, kms.Alias.fromAliasName(stack, 'Key', alias));
    expect(synthesizedWarnings(stack)[0].includes('keys of AWS cannot have them: use a key of your own')).toBe(isSaid);
  });

  test('is silent once it is acknowledged', () => {
    const stack = newStack();
    const key = imported(stack);
    allowLogs(stack, key);
    Annotations.of(key).acknowledgeWarning('cdk-batch-platform:key-policy', 'its policy has them');
    expect(synthesizedWarnings(stack)).toEqual([]);
  });
});
