import { refuseOthers } from '../core/parameters';
import type { Operation } from '../core/service';
import { type Bucket, compareKeys, type ObjectVersion } from './bucket';
import { firstIndex, markOf, pageOf, pageRequestOf, shownObject, shownPage, tokenOf } from './page';
import { read, type Store } from './store';

const SUPPORTED = new Set([
  'Bucket',
  'ContinuationToken',
  'Delimiter',
  'EncodingType',
  'ExpectedBucketOwner',
  'FetchOwner',
  'MaxKeys',
  'Prefix',
  'StartAfter',
]);

/** Latest versions that are not delete markers, from the first key after `mark` that can have `prefix`. */
function* latestAfter(bucket: Bucket, mark: string, prefix: string): Generator<ObjectVersion> {
  const { keys } = bucket;
  const isAfter = (key: string): boolean => compareKeys(key, mark) > 0 && compareKeys(key, prefix) >= 0;
  for (let index = firstIndex(keys, isAfter); index < keys.length; index += 1) {
    const version = bucket.latest(keys[index]);
    if (version?.content !== undefined) yield version;
  }
}

/** Lists keys, in pages of up to 1,000. */
export const listObjectsV2 =
  (store: Store): Operation =>
  (input) => {
    refuseOthers('s3:ListObjectsV2', input, SUPPORTED);
    const bucket = store.bucketOf(input);
    const request = pageRequestOf(input);
    const token = read(input).optionalText('ContinuationToken');
    const startAfter = read(input).optionalText('StartAfter');
    const mark = token === undefined ? (startAfter ?? '') : markOf(token);
    const { entries, prefixes, last } = pageOf(latestAfter(bucket, mark, request.prefix), request, mark);
    return {
      Name: bucket.name,
      ...shownPage(request, prefixes),
      StartAfter: startAfter === undefined ? undefined : request.shown(startAfter),
      MaxKeys: request.maxKeys,
      KeyCount: entries.length + prefixes.length,
      IsTruncated: last !== undefined,
      ContinuationToken: token,
      NextContinuationToken: last === undefined ? undefined : tokenOf(last.key),
      Contents: entries.map((version) => ({
        ...shownObject(version, request),
        ...(read(input).flag('FetchOwner') ? { Owner: { ID: store.world.account } } : {}),
      })),
    };
  };
