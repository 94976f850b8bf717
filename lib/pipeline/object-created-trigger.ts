import { Token } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { warn } from '../private/check';
import { isOfPlatform } from '../private/platform-resources';
import type { IPipelineTrigger, PipelineItems, PipelineTriggerConfig } from './pipeline-trigger-interface';

/** A new object in a bucket starts the pipeline. @internal */
export class ObjectCreatedTrigger implements IPipelineTrigger {
  public constructor(
    private readonly items: PipelineItems,
    private readonly bucket: s3.IBucket,
    private readonly prefix?: string,
    private readonly suffix?: string,
  ) {}

  public bind(scope: Construct): PipelineTriggerConfig {
    const { items, bucket, prefix } = this;
    sendEvents(scope, bucket);
    checkPrefix(scope, prefix);
    return {
      items,
      bucket,
      prefix,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucket.bucketName] }, object: keyPattern(prefix, this.suffix) },
      },
    };
  }
}

/** Filters of one field are alternatives to EventBridge, so prefix and suffix together have to be one wildcard. */
function keyPattern(prefix = '', suffix = ''): Record<string, unknown> | undefined {
  if (prefix === '' && suffix === '') return undefined;
  if (suffix === '') return { key: [{ prefix }] };
  if (prefix === '') return { key: [{ suffix }] };
  return { key: [{ wildcard: `${literal(prefix)}*${literal(suffix)}` }] };
}

const literal = (text: string): string => text.replace(/[\\*]/g, '\\$&');

/** Buckets of this app send their events by a property; the L2 would bring a custom resource with a function for it. */
function sendEvents(scope: Construct, bucket: s3.IBucket): void {
  const resource = bucket.node.defaultChild;
  if (s3.CfnBucket.isCfnBucket(resource)) {
    // Notifications of the L2 are set by a custom resource that would switch the events off again.
    if (bucket.node.tryFindChild('Notifications') !== undefined) bucket.enableEventBridgeNotification();
    resource.addPropertyOverride('NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled', true);
    return;
  }
  if (isOfPlatform(bucket)) return;
  warn(
    scope,
    `the bucket ${bucket.node.path} is defined elsewhere: switch its events to Amazon EventBridge on there, ` +
      `or new objects do not start this pipeline`,
    'pipeline-event-bus',
  );
}

/** Keys begin with a slash only where somebody took them for paths. */
function checkPrefix(scope: Construct, prefix?: string): void {
  if (prefix === undefined || Token.isUnresolved(prefix) || !prefix.startsWith('/')) return;
  warn(
    scope,
    `the 'prefix' of the trigger is ${JSON.stringify(prefix)}: keys of objects do not begin with a slash, unless they ` +
      `were uploaded that way; leave it out, or no object starts this pipeline`,
    'pipeline-trigger-prefix',
  );
}
