import { randomUUID } from 'node:crypto';
import type { Call } from '../core/service';
import type { Bucket, ObjectVersion } from './bucket';
import { NULL_VERSION } from './bucket';
import type { Store } from './store';

let sequence = 0n;

/** Grows with every event, so that consumers can order the events of a key. */
const nextSequencer = (now: number): string => {
  sequence += 1n;
  return (BigInt(now) * 0x100000n + sequence).toString(16).toUpperCase().padStart(18, '0');
};

const eventBridgeIsOn = (bucket: Bucket): boolean => {
  const configuration = bucket.configuration.get('NotificationConfiguration');
  return typeof configuration === 'object' && configuration !== null && 'EventBridgeConfiguration' in configuration;
};

const send = (
  store: Store,
  bucket: Bucket,
  call: Call,
  detailType: string,
  object: Readonly<Record<string, unknown>>,
  reason: Readonly<Record<string, string>>,
): void => {
  if (!eventBridgeIsOn(bucket)) return;
  const { world } = store;
  const detail = {
    version: '0',
    bucket: { name: bucket.name },
    object: { ...object, sequencer: nextSequencer(world.clock.now()) },
    'request-id': call.requestId ?? randomUUID(),
    requester: world.account,
    'source-ip-address': '127.0.0.1',
    ...reason,
  };
  const entry = {
    Source: 'aws.s3',
    DetailType: detailType,
    Detail: JSON.stringify(detail),
    Resources: [`arn:aws:s3:::${bucket.name}`],
  };
  // Later, so that a write never waits for those who hear of it.
  setImmediate(() => {
    world
      .call({
        service: 'events',
        operation: 'PutEvents',
        input: { Entries: [entry] },
        principal: { arn: 's3.amazonaws.com' },
      })
      .catch((error: unknown) => {
        world.note(`the event '${detailType}' of ${bucket.name} was not delivered: ${String(error)}`);
      });
  });
};

const versionOf = (bucket: Bucket, versionId: string) =>
  bucket.versioning === undefined && versionId === NULL_VERSION ? {} : { 'version-id': versionId };

/** Tells EventBridge that an object was written. */
export const tellCreated = (store: Store, bucket: Bucket, call: Call, version: ObjectVersion, reason: string): void => {
  const { key, versionId, content } = version;
  const object = {
    key,
    size: content?.size ?? 0,
    etag: content?.etag.replaceAll('"', ''),
    ...versionOf(bucket, versionId),
  };
  send(store, bucket, call, 'Object Created', object, { reason });
};

/** Tells EventBridge that an object was deleted, or hidden by a delete marker. */
export const tellDeleted = (
  store: Store,
  bucket: Bucket,
  call: Call,
  removed: { readonly key: string; readonly versionId: string; readonly marker: boolean },
): void => {
  const object = { key: removed.key, ...versionOf(bucket, removed.versionId) };
  const type = removed.marker ? 'Delete Marker Created' : 'Permanently Deleted';
  send(store, bucket, call, 'Object Deleted', object, { reason: 'DeleteObject', 'deletion-type': type });
};
