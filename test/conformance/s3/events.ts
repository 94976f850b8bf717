import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { makeBucket } from '../kit/buckets';
import { openTo, queueFor } from '../kit/queues';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const STRUCTURE = 'AmazonS3/latest/userguide/ev-events.html';
const TYPES = 'AmazonS3/latest/userguide/EventBridge.html';

interface Event {
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>> & { readonly object: Readonly<Record<string, unknown>> };
}

const isEvent = (value: unknown): value is Event => typeof value === 'object' && value !== null && 'detail' in value;

const parse = (text = ''): Event => {
  const value: unknown = JSON.parse(text);
  if (isEvent(value)) return value;
  throw new Error(`not an event: ${text}`);
};

/** A bucket whose events come to a queue, once `listen` is called. */
const heard = async (target: Target, versioning?: 'Enabled') => {
  const { clients, name, cleanup, eventually } = target;
  const bucket = await makeBucket(target, versioning);
  const { Bucket } = bucket;
  const queue = await queueFor(target);
  const Attributes = { Policy: openTo('events.amazonaws.com', queue.arn) };
  await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes }));
  const Name = name('rule');
  const EventPattern = JSON.stringify({ source: ['aws.s3'], detail: { bucket: { name: [Bucket] } } });
  await clients.events.send(new PutRuleCommand({ Name, EventPattern }));
  await clients.events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'queue', Arn: queue.arn }] }));
  cleanup(async () => {
    await clients.events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ['queue'] }));
    await clients.events.send(new DeleteRuleCommand({ Name }));
  });
  const listen = (EventBridgeConfiguration: object | undefined = {}) =>
    clients.s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: { EventBridgeConfiguration },
      }),
    );
  const events: Event[] = [];
  /** As many events as that, in the order of their sequencers. */
  const take = (count: number): Promise<readonly Event[]> =>
    eventually(async () => {
      const messages = await queue.receive({ MaxNumberOfMessages: 10 });
      for (const message of messages) {
        events.push(parse(message.Body));
        await queue.remove(message);
      }
      expect(events.length).toBeGreaterThanOrEqual(count);
      const sequencerOf = ({ detail }: Event) => String(detail.object.sequencer);
      return events.splice(0).sort((a, b) => (sequencerOf(a) < sequencerOf(b) ? -1 : 1));
    });
  return { ...bucket, listen, take };
};

export const events = table('S3', 'Events', [
  {
    behaviour: 'a written object is told to EventBridge with its bucket, key, size and ETag',
    source: STRUCTURE,
    test: async (target) => {
      const { Bucket, listen, put, take } = await heard(target);
      await listen();
      const { ETag = '' } = await put('in/ä b', 'hello');
      const [event] = await take(1);
      expect(event).toMatchObject({
        ...{ version: '0', source: 'aws.s3', 'detail-type': 'Object Created' },
        ...{ account: target.account, region: target.region, resources: [`arn:aws:s3:::${Bucket}`] },
        detail: {
          ...{ version: '0', reason: 'PutObject', requester: target.account },
          bucket: { name: Bucket },
          object: { key: 'in/ä b', size: 5, etag: ETag.replaceAll('"', '') },
        },
      });
      expect(event.detail['source-ip-address']).toMatch(/^[\d.:a-f]+$/);
      expect(event.detail['request-id']).toBeTypeOf('string');
    },
  },
  {
    behaviour: 'the reason of an Object Created event is the operation that wrote it',
    source: STRUCTURE,
    test: async (target) => {
      const { Bucket, s3, listen, put, take } = await heard(target);
      await listen();
      await put('a');
      await s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
      const place = { Bucket, Key: 'c' };
      const { UploadId } = await s3.send(
        new CreateMultipartUploadCommand({ ...place, ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' }),
      );
      const { ETag } = await s3.send(new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: 'x' }));
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
      await s3.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload }));
      const told = (await take(3)).map(({ detail }) => [detail.object.key, detail.reason]);
      expect(told).toEqual([
        ['a', 'PutObject'],
        ['b', 'CopyObject'],
        ['c', 'CompleteMultipartUpload'],
      ]);
    },
  },
  {
    behaviour: 'an Object Deleted event tells whether the object is gone for good or hidden by a delete marker',
    source: STRUCTURE,
    test: async (target) => {
      const { Bucket, s3, listen, put, take } = await heard(target, 'Enabled');
      const { VersionId } = await put('a');
      await listen();
      const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
      await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId }));
      expect(await take(2)).toMatchObject([
        {
          'detail-type': 'Object Deleted',
          detail: {
            ...{ reason: 'DeleteObject', 'deletion-type': 'Delete Marker Created' },
            object: { key: 'a', 'version-id': marker.VersionId },
          },
        },
        {
          'detail-type': 'Object Deleted',
          detail: { 'deletion-type': 'Permanently Deleted', object: { key: 'a', 'version-id': VersionId } },
        },
      ]);
    },
  },
  {
    behaviour: 'the sequencers of a key grow with its versions',
    source: 'AmazonS3/latest/userguide/notification-content-structure.html',
    test: async (target) => {
      const { listen, put, take } = await heard(target, 'Enabled');
      await listen();
      const versions = [(await put('a', 'one')).VersionId, (await put('a', 'two')).VersionId];
      expect((await take(2)).map(({ detail }) => detail.object['version-id'])).toEqual(versions);
    },
  },
  {
    behaviour: 'nothing is told before EventBridge is switched on, of what failed, or of deleting nothing',
    source: TYPES,
    test: async (target) => {
      const { Bucket, s3, listen, put, take } = await heard(target);
      await put('before');
      await listen();
      await expect(put('before', 'x', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
      await s3.send(new DeleteObjectCommand({ Bucket, Key: 'none' }));
      await put('after');
      expect((await take(1)).map(({ detail }) => detail.object.key)).toEqual(['after']);
    },
  },
]);
