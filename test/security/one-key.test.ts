import { App, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { describe, expect, test } from 'vitest';
import {
  BatchJob,
  BatchPipeline,
  BatchPlatform,
  JobSize,
  PipelineStep,
  PipelineTrigger,
  SubmissionGateway,
  SubmitJobRuleTarget,
  SubmitJobScheduleTarget,
} from '../../lib';
import { featureFlags } from '../support/stack';
import { isRecord, resourcesOf, type TemplateResource } from '../support/template';
import { statementsIn, synthesizedWarnings } from '../support/warnings';

const ARN = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';

/** Where each resource that keeps something names its key. */
const KEEPERS: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::Bucket': [
    ...['BucketEncryption', 'ServerSideEncryptionConfiguration', '0', 'ServerSideEncryptionByDefault'],
    'KMSMasterKeyID',
  ],
  'AWS::DynamoDB::Table': ['SSESpecification', 'KMSMasterKeyId'],
  'AWS::Logs::LogGroup': ['KmsKeyId'],
  'AWS::SNS::Topic': ['KmsMasterKeyId'],
  'AWS::SQS::Queue': ['KmsMasterKeyId'],
  'AWS::Lambda::Function': ['KmsKeyArn'],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData', 'BlockDeviceMappings', '0', 'Ebs', 'KmsKeyId'],
};

/** A platform with everything that keeps something, all of it left to its defaults. */
function platformWith(keyOf?: (stack: Stack) => kms.IKey): Stack {
  const stack = new Stack(new App({ context: featureFlags() }), 'Stack');
  const platform = new BatchPlatform(stack, 'Platform', { encryptionKey: keyOf?.(stack) });
  platform.addGpuQueue();
  const job = new BatchJob(stack, 'Job', {
    image: ecs.ContainerImage.fromRegistry('busybox'),
    size: JobSize.of(1, Size.gibibytes(1)),
    queue: platform.queue('standard'),
  });
  new BatchPipeline(stack, 'Pipeline', {
    trigger: PipelineTrigger.objectCreated(platform.bucket, { prefix: 'in/' }),
    steps: [PipelineStep.array(job)],
  });
  new SubmissionGateway(stack, 'Gateway', { bucket: platform.bucket }).addJob('job', job);
  new events.Rule(stack, 'Rule', { eventPattern: { source: ['shop'] }, targets: [new SubmitJobRuleTarget(job)] });
  new scheduler.Schedule(stack, 'Nightly', {
    schedule: scheduler.ScheduleExpression.cron({ hour: '2' }),
    target: new SubmitJobScheduleTarget(job),
  });
  return stack;
}

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((part, name) => {
    if (Array.isArray(part)) return part[Number(name)];
    return isRecord(part) ? part[name] : undefined;
  }, value);

const keepersIn = (stack: Stack): (readonly [string, TemplateResource])[] =>
  [...resourcesOf(Template.fromStack(stack).toJSON())].filter(([, { Type }]) => Object.hasOwn(KEEPERS, Type));

describe('what a platform keeps', () => {
  const stack = platformWith();
  const keepers = keepersIn(stack);
  const keys = Object.entries(Template.fromStack(stack).findResources('AWS::KMS::Key'));

  test.each(Object.entries(KEEPERS))('is encrypted with its key: %s', (type, path) => {
    const found = keepers.filter(([, { Type }]) => Type === type);
    expect(found.length).toBeGreaterThan(0);
    const [[key]] = keys;
    for (const [id, { Properties }] of found) {
      const used = at(Properties, path);
      expect({ id, used }).toEqual({ id, used: { 'Fn::GetAtt': [key, 'Arn'] } });
    }
  });

  test('is encrypted with no other key', () => {
    expect(keys).toHaveLength(1);
  });

  test('has a key that lets in who needs it, and nobody else', () => {
    const [[, key]] = keys;
    const statements = at(key, ['Properties', 'KeyPolicy', 'Statement']);
    const sids = Array.isArray(statements) ? statements.map((one: unknown) => at(one, ['Sid']) ?? 'account') : [];
    expect(sids).toEqual([
      'account',
      'CloudWatchLogs',
      'Events',
      'Alarms',
      'InstanceVolumes',
      'InstanceVolumeGrants',
      'InstanceVolumesOnSpot',
      'InstanceVolumeGrantsOnSpot',
    ]);
  });

  test('is nothing to warn of', () => {
    expect(synthesizedWarnings(stack)).toEqual([]);
  });
});

describe('what a platform keeps with an imported key', () => {
  const stack = platformWith((scope) => kms.Key.fromKeyArn(scope, 'Imported', ARN));

  test('is encrypted with that key, all of it', () => {
    const others = keepersIn(stack).filter(([, { Type, Properties }]) => at(Properties, KEEPERS[Type]) !== ARN);
    expect(others.map(([id]) => id)).toEqual([]);
  });

  test('comes with one warning of all statements that the policy of the key must have', () => {
    const [warning, ...others] = synthesizedWarnings(stack);
    expect(others).toEqual([]);
    expect(statementsIn(warning).map(({ Sid }) => Sid)).toEqual([
      'Events',
      'Alarms',
      'CloudWatchLogs',
      'InstanceVolumesOnSpot',
      'InstanceVolumeGrantsOnSpot',
    ]);
  });
});

describe('who sends to an encrypted queue or topic', () => {
  const template = Template.fromStack(platformWith());
  const policies = Object.entries(template.findResources('AWS::IAM::Policy'));

  test.each(['PipelineRole', 'GatewayFunctionRole', 'NightlySubmitJobRole'])('may use its key: %s', (role) => {
    const policy = policies.find(([id]) => id.startsWith(role));
    expect(JSON.stringify(policy)).toMatch(/"Action":\["kms:Decrypt","kms:GenerateDataKey"\]/);
  });
});
