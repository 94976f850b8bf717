import { AwsError } from '../core/errors';
import { refuseOthers } from '../core/parameters';
import type { Reader } from '../core/reader';
import type { Call, Operation, Output } from '../core/service';
import { type Bucket, NULL_VERSION } from './bucket';
import { checkWrite } from './conditions';
import { tellDeleted } from './events';
import { integrity } from './integrity';
import { keyOf, read, type Store } from './store';
import { nextVersionId, shownVersion } from './write';

const SUPPORTED = new Set(['Bucket', 'ExpectedBucketOwner', 'IfMatch', 'Key', 'VersionId']);
const SUPPORTED_OF_MANY = new Set(['Bucket', 'Delete', 'ExpectedBucketOwner']);
const SUPPORTED_OF_ONE = new Set(['ETag', 'Key', 'VersionId']);
const MAX_DELETIONS = 1000;

const removeForGood = async (store: Store, bucket: Bucket, call: Call, key: string, versionId: string) => {
  const removed = bucket.remove(key, versionId);
  if (removed === undefined) return undefined;
  tellDeleted(store, bucket, call, { key, versionId, marker: false });
  if (removed.content !== undefined) await store.blobs.remove(removed.content.blob);
  return removed;
};

/** Deleting what is not there succeeds. */
const remove = async (
  store: Store,
  bucket: Bucket,
  call: Call,
  key: string,
  versionId: string | undefined,
  ifMatch: string | undefined,
): Promise<Output> => {
  checkWrite(bucket, key, { IfMatch: ifMatch });
  if (versionId !== undefined) {
    const removed = await removeForGood(store, bucket, call, key, versionId);
    const marker = removed !== undefined && removed.content === undefined;
    return { VersionId: versionId, DeleteMarker: marker ? true : undefined };
  }
  if (bucket.versioning === undefined) {
    await removeForGood(store, bucket, call, key, NULL_VERSION);
    return {};
  }
  const marker = { key, versionId: nextVersionId(bucket), modified: store.world.clock.date() };
  const replaced = bucket.add(marker);
  tellDeleted(store, bucket, call, { ...marker, marker: true });
  if (replaced?.content !== undefined) await store.blobs.remove(replaced.content.blob);
  return { VersionId: shownVersion(bucket, marker.versionId), DeleteMarker: true };
};

/** Deletes an object, or one version of it. */
export const deleteObject =
  (store: Store): Operation =>
  async (input, call) => {
    refuseOthers('s3:DeleteObject', input, SUPPORTED);
    const { bucket, key } = { bucket: store.bucketOf(input), key: keyOf(input) };
    return remove(store, bucket, call, key, read(input).optionalText('VersionId'), read(input).optionalText('IfMatch'));
  };

const removeOne = async (store: Store, bucket: Bucket, call: Call, object: Reader): Promise<Output> => {
  refuseOthers('s3:DeleteObjects', object.values, SUPPORTED_OF_ONE);
  const key = keyOf(object.values);
  const versionId = object.optionalText('VersionId');
  const denial = await store.world.denial({
    principal: call.principal,
    action: versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
    resource: `arn:aws:s3:::${bucket.name}/${key}`,
    context: { 's3:VersionId': versionId },
  });
  if (denial !== undefined) throw denial;
  const result = await remove(store, bucket, call, key, versionId, object.optionalText('ETag'));
  return {
    Key: key,
    VersionId: versionId,
    DeleteMarker: result.DeleteMarker,
    DeleteMarkerVersionId: result.DeleteMarker === true ? result.VersionId : undefined,
  };
};

/** Deletes up to 1,000 objects or versions; one that fails does not keep the others. */
export const deleteObjects =
  (store: Store): Operation =>
  async (input, call) => {
    refuseOthers('s3:DeleteObjects', input, new Set([...SUPPORTED_OF_MANY, ...integrity(input)]));
    const bucket = store.bucketOf(input);
    const request = read(input).record('Delete');
    const objects = request.records('Objects');
    if (objects.length === 0 || objects.length > MAX_DELETIONS) {
      throw new AwsError('MalformedXML', `'Delete.Objects' must hold 1 to ${MAX_DELETIONS}, got ${objects.length}`);
    }
    const deleted: Output[] = [];
    const errors: Output[] = [];
    for (const object of objects) {
      try {
        deleted.push(await removeOne(store, bucket, call, object));
      } catch (error) {
        if (!(error instanceof AwsError) || error.statusCode >= 500) throw error;
        errors.push({ ...object.values, Code: error.code, Message: error.message });
      }
    }
    return { ...(request.flag('Quiet') ? {} : { Deleted: deleted }), Errors: errors };
  };
