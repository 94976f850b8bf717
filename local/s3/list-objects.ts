import { refuseOthers } from '../core/parameters';
import type { Input, Operation, Output } from '../core/service';
import { type Bucket, compareKeys } from './bucket';
import { invalid } from './failures';
import { commonPrefixOf, firstIndex, type PageRequest, pageRequestOf } from './page';
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

/** A token is the last key or common prefix of the page before. */
const decodeToken = (token: string): string => {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (Buffer.from(text).toString('base64url') !== token) {
    throw invalid(`'ContinuationToken' must be one that a listing returned, got ${token}`);
  }
  return text;
};

interface Page {
  readonly contents: readonly Output[];
  readonly commonPrefixes: readonly string[];
  /** The last key or common prefix, if more follow. */
  readonly last: string | undefined;
}

const describe = (bucket: Bucket, key: string, request: PageRequest): Output | undefined => {
  const version = bucket.latest(key);
  if (version?.content === undefined) return undefined;
  return {
    Key: request.shown(key),
    LastModified: version.modified,
    ETag: version.content.etag,
    Size: version.content.size,
    StorageClass: version.content.properties.StorageClass ?? 'STANDARD',
  };
};

const collect = (bucket: Bucket, after: string, request: PageRequest): Page => {
  const { keys } = bucket;
  const contents: Output[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  for (let index = firstIndex(keys, (key) => compareKeys(key, after) > 0); index < keys.length; index += 1) {
    const key = keys[index];
    if (!key.startsWith(request.prefix)) {
      if (compareKeys(key, request.prefix) > 0) break;
      continue;
    }
    const common = commonPrefixOf(key, request);
    // A common prefix as the mark stands for all its keys.
    if (common !== undefined && (common === commonPrefixes.at(-1) || common === after)) continue;
    const entry = describe(bucket, key, request);
    if (entry === undefined) continue;
    if (contents.length + commonPrefixes.length >= request.maxKeys) return { contents, commonPrefixes, last };
    if (common === undefined) contents.push(entry);
    else commonPrefixes.push(common);
    last = common ?? key;
  }
  return { contents, commonPrefixes, last: undefined };
};

const markOf = (input: Input): string => {
  const token = read(input).optionalText('ContinuationToken');
  return token === undefined ? (read(input).optionalText('StartAfter') ?? '') : decodeToken(token);
};

/** Lists keys, in pages of up to 1,000. */
export const listObjectsV2 =
  (store: Store): Operation =>
  (input) => {
    refuseOthers('s3:ListObjectsV2', input, SUPPORTED);
    const bucket = store.bucketOf(input);
    const request = pageRequestOf(input);
    const { contents, commonPrefixes, last } =
      request.maxKeys === 0
        ? { contents: [], commonPrefixes: [], last: undefined }
        : collect(bucket, markOf(input), request);
    const startAfter = read(input).optionalText('StartAfter');
    return {
      Name: bucket.name,
      Prefix: request.shown(request.prefix),
      Delimiter: request.delimiter === undefined ? undefined : request.shown(request.delimiter),
      StartAfter: startAfter === undefined ? undefined : request.shown(startAfter),
      EncodingType: request.encodingType,
      MaxKeys: request.maxKeys,
      KeyCount: contents.length + commonPrefixes.length,
      IsTruncated: last !== undefined,
      ContinuationToken: read(input).optionalText('ContinuationToken'),
      NextContinuationToken: last === undefined ? undefined : Buffer.from(last).toString('base64url'),
      Contents: contents,
      CommonPrefixes: commonPrefixes.map((prefix) => ({ Prefix: request.shown(prefix) })),
    };
  };
