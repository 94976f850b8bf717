import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createS3 } from '../../../local/s3/service';
import type { Input, Service } from '../../../local/core/service';
import { Reader } from '../../../local/core/reader';
import { createTestWorld, type TestWorld } from '../support';

let world: TestWorld;
let entries: Reader[];

/** Stands where EventBridge does, so that a test sees what S3 tells it. */
const listener = (): Service => ({
  name: 'events',
  operations: {
    PutEvents: (input) => {
      entries.push(...new Reader(input).records('Entries'));
      return { FailedEntryCount: 0 };
    },
  },
});

const switchOn = (configuration: Input) =>
  world.run('s3', 'PutBucketNotificationConfiguration', { Bucket: 'bucket', NotificationConfiguration: configuration });
const put = (input: Input = {}) =>
  world.run('s3', 'PutObject', { Bucket: 'bucket', Key: 'in/ä b', Body: 'hello', ...input });
const told = async () => {
  await setImmediate();
  await setImmediate();
  return entries.map((entry) => ({
    source: entry.text('Source'),
    type: entry.text('DetailType'),
    resources: entry.texts('Resources'),
    detail: new Reader({ detail: JSON.parse(entry.text('Detail')) as unknown }).record('detail').values,
  }));
};

beforeEach(async () => {
  entries = [];
  world = await createTestWorld([createS3, listener()]);
  await world.run('s3', 'CreateBucket', { Bucket: 'bucket' });
});
afterEach(() => world.close());

describe('with EventBridge on', () => {
  beforeEach(() => switchOn({ EventBridgeConfiguration: {} }));

  test('a written object is told with its key as it is', async () => {
    await put();
    const [event] = await told();
    expect(event).toMatchObject({
      source: 'aws.s3',
      type: 'Object Created',
      resources: ['arn:aws:s3:::bucket'],
      detail: {
        version: '0',
        bucket: { name: 'bucket' },
        object: { key: 'in/ä b', size: 5, etag: '5d41402abc4b2a76b9719d911017c592' },
        requester: '000000000000',
        reason: 'PutObject',
      },
    });
  });

  test.each([
    [
      'CopyObject',
      () => world.run('s3', 'CopyObject', { Bucket: 'bucket', Key: 'copy', CopySource: 'bucket/in%2F%C3%A4%20b' }),
    ],
    ['CompleteMultipartUpload', () => uploadInParts()],
  ])('%s is told as the reason', async (reason, write) => {
    await put();
    await write();
    expect((await told()).at(-1)?.detail).toMatchObject({ reason });
  });

  const uploadInParts = async () => {
    const target = { Bucket: 'bucket', Key: 'parts' };
    const { UploadId } = await world.run('s3', 'CreateMultipartUpload', target);
    const { ETag } = await world.run('s3', 'UploadPart', { ...target, UploadId, PartNumber: 1, Body: 'x' });
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await world.run('s3', 'CompleteMultipartUpload', { ...target, UploadId, MultipartUpload });
  };

  test('versions are told, and sequencers grow', async () => {
    await world.run('s3', 'PutBucketVersioning', { Bucket: 'bucket', VersioningConfiguration: { Status: 'Enabled' } });
    const { VersionId } = await put();
    await put();
    const objects = (await told()).map(({ detail }) => new Reader(detail).record('object'));
    expect(objects[0].text('version-id')).toBe(VersionId);
    expect(objects[0].text('sequencer') < objects[1].text('sequencer')).toBe(true);
  });

  test('a deletion is told, and whether the object is gone for good', async () => {
    await put();
    await world.run('s3', 'DeleteObject', { Bucket: 'bucket', Key: 'in/ä b' });
    await world.run('s3', 'PutBucketVersioning', { Bucket: 'bucket', VersioningConfiguration: { Status: 'Enabled' } });
    await world.run('s3', 'DeleteObject', { Bucket: 'bucket', Key: 'in/ä b' });
    const deletions = (await told()).filter(({ type }) => type === 'Object Deleted');
    expect(deletions.map(({ detail }) => detail['deletion-type'])).toEqual([
      'Permanently Deleted',
      'Delete Marker Created',
    ]);
  });

  test('deleting what is not there is not told', async () => {
    await world.run('s3', 'DeleteObject', { Bucket: 'bucket', Key: 'none' });
    expect(await told()).toEqual([]);
  });

  test('a write that fails is not told', async () => {
    await put();
    await expect(put({ IfNoneMatch: '*' })).rejects.toMatchObject({ code: 'PreconditionFailed' });
    expect(await told()).toHaveLength(1);
  });
});

test('without EventBridge nothing is told', async () => {
  await put();
  await switchOn({ EventBridgeConfiguration: {} });
  await switchOn({});
  await put();
  expect(await told()).toEqual([]);
});

test('a write succeeds when its event cannot be delivered, and a person is told', async () => {
  const deaf = await createTestWorld([createS3]);
  await deaf.run('s3', 'CreateBucket', { Bucket: 'bucket' });
  const NotificationConfiguration = { EventBridgeConfiguration: {} };
  await deaf.run('s3', 'PutBucketNotificationConfiguration', { Bucket: 'bucket', NotificationConfiguration });
  await deaf.run('s3', 'PutObject', { Bucket: 'bucket', Key: 'a', Body: 'x' });
  await setImmediate();
  await setImmediate();
  expect(deaf.notes.join()).toContain("the event 'Object Created' of bucket was not delivered");
  await deaf.close();
});
