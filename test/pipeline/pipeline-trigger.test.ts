import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnParameter, type Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { beforeEach, describe, expect, test } from 'vitest';
import { type IPipelineTrigger, PipelineItems, PipelineTrigger, ScheduledItems } from '../../lib';
import type { TriggerItems } from '../../lib/contracts/pipeline';
import { newStack } from '../support/stack';
import { readable } from '../support/state-machine';
import { pipelineStack } from './pipeline-stack';

let stack: Stack;
let bucket: s3.Bucket;

beforeEach(() => {
  stack = newStack();
  bucket = new s3.Bucket(stack, 'Bucket');
});

const pattern = (trigger: IPipelineTrigger): unknown => stack.resolve(trigger.bind(stack).eventPattern);

describe('new objects', () => {
  test.each([
    { options: {}, object: undefined },
    { options: { prefix: 'in/' }, object: { key: [{ prefix: 'in/' }] } },
    { options: { suffix: '.csv' }, object: { key: [{ suffix: '.csv' }] } },
    { options: { prefix: 'in/', suffix: '.csv' }, object: { key: [{ wildcard: 'in/*.csv' }] } },
    { options: { prefix: 'a*b\\', suffix: '*' }, object: { key: [{ wildcard: 'a\\*b\\\\*\\*' }] } },
  ])('with $options', ({ options, object }) => {
    const { items, ...config } = PipelineTrigger.objectCreated(bucket, options).bind(stack);
    expect(items).toBe(PipelineItems.OBJECT);
    expect(config.bucket).toBe(bucket);
    expect(stack.resolve(config.eventPattern)).toEqual({
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [stack.resolve(bucket.bucketName) as unknown] }, ...(object && { object }) },
    });
  });
});

describe('new manifests', () => {
  test('are called manifest.jsonl unless told otherwise', () => {
    expect(PipelineTrigger.manifestCreated(bucket).bind(stack).items).toBe(PipelineItems.MANIFEST);
    expect(pattern(PipelineTrigger.manifestCreated(bucket))).toMatchObject({
      detail: { object: { key: [{ suffix: 'manifest.jsonl' }] } },
    });
    expect(pattern(PipelineTrigger.manifestCreated(bucket, { prefix: 'in/', suffix: '.list' }))).toMatchObject({
      detail: { object: { key: [{ wildcard: 'in/*.list' }] } },
    });
  });
});

test('a manual trigger has no events', () => {
  expect(PipelineTrigger.manual().bind(stack)).toEqual({ items: PipelineItems.OBJECT });
});

test('kinds of items are called as the plan function calls them', () => {
  const kinds: readonly TriggerItems[] = ['object', 'manifest'];
  expect(Object.values(PipelineItems)).toEqual(kinds);
});

describe('the bucket', () => {
  test('of this app sends its events, without a custom resource', () => {
    PipelineTrigger.objectCreated(bucket).bind(stack);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('keeps its events when it has notifications as well', () => {
    bucket.addEventNotification(s3.EventType.OBJECT_REMOVED, new SqsDestination(new sqs.Queue(stack, 'Removed')));
    PipelineTrigger.objectCreated(bucket).bind(stack);
    Template.fromStack(stack).hasResourceProperties('Custom::S3BucketNotifications', {
      NotificationConfiguration: { EventBridgeConfiguration: {}, QueueConfigurations: Match.anyValue() },
    });
  });

  test('of another app has to be told to, says a warning [pipeline-event-bus]', () => {
    PipelineTrigger.objectCreated(s3.Bucket.fromBucketName(stack, 'Other', 'other')).bind(stack);
    Annotations.fromStack(stack).hasWarning(
      '/Stack',
      Match.stringLikeRegexp('the bucket Stack/Other is defined elsewhere: switch its events to Amazon EventBridge on'),
    );
  });
});

describe('the prefix', () => {
  const warned = (prefix: string): number => {
    PipelineTrigger.objectCreated(bucket, { prefix }).bind(stack);
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('pipeline-trigger-prefix')).length;
  };

  test('warns of a slash that keys do not begin with', () => {
    PipelineTrigger.objectCreated(bucket, { prefix: '/in' }).bind(stack);
    Annotations.fromStack(stack).hasWarning(
      '/Stack',
      Match.stringLikeRegexp(`the 'prefix' of the trigger is "/in": .*cdk-batch-platform:pipeline-trigger-prefix`),
    );
  });

  test.each(['in/', '', '${Token}'])('may be %j', (prefix) => {
    expect(warned(prefix === '${Token}' ? new CfnParameter(stack, 'Prefix').valueAsString : prefix)).toBe(0);
  });
});

describe('a schedule', () => {
  const nightly = events.Schedule.cron({ hour: '2', minute: '0' });

  /** The rule of a pipeline that is started by the clock. */
  function rule(items?: ScheduledItems): unknown {
    const given = pipelineStack();
    given.pipeline({ trigger: PipelineTrigger.schedule(nightly, items), bucket: given.bucket });
    const [resource] = Object.values(Template.fromStack(given.stack).findResources('AWS::Events::Rule'));
    return readable(resource.Properties);
  }
  const data = () => s3.Bucket.fromBucketName(stack, 'Elsewhere', 'elsewhere');

  test('starts the pipeline with the time as its only item', () => {
    expect(rule()).toMatchObject({
      ScheduleExpression: 'cron(0 2 * * ? *)',
      Targets: [
        {
          DeadLetterConfig: {},
          InputTransformer: {
            InputPathsMap: { time: '$.time' },
            InputTemplate: '{"items":{"list":[{"time":<time>}]}}',
          },
        },
      ],
    });
  });

  test.each([
    { items: () => ScheduledItems.texts(['a', 'b']), source: { list: ['a', 'b'] } },
    { items: () => ScheduledItems.objects(data(), 'in/'), source: { prefix: { bucket: 'elsewhere', prefix: 'in/' } } },
    {
      items: () => ScheduledItems.manifest(data(), 'm.jsonl'),
      source: { manifest: { bucket: 'elsewhere', key: 'm.jsonl' } },
    },
  ])('may start it with $source', ({ items, source }) => {
    expect(rule(items())).toMatchObject({ Targets: [{ Input: JSON.stringify({ items: source }) }] });
  });

  test('lets the pipeline read its items, and no more', () => {
    const config = PipelineTrigger.schedule(nightly, ScheduledItems.objects(bucket, 'in/')).bind(stack);
    expect(config).toMatchObject({ bucket, prefix: 'in/' });
  });
});
