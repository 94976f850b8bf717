import { refuseOthers } from '../core/parameters';
import type { Operation, Output } from '../core/service';
import { type Bucket, compareKeys, type ObjectVersion } from './bucket';
import { commonPrefixOf, type PageRequest, pageRequestOf } from './page';
import { read, type Store } from './store';

const SUPPORTED = new Set([
  'Bucket',
  'Delimiter',
  'EncodingType',
  'ExpectedBucketOwner',
  'KeyMarker',
  'MaxKeys',
  'Prefix',
  'VersionIdMarker',
]);

interface Entry {
  readonly version: ObjectVersion;
  readonly isLatest: boolean;
}

/** All versions after the mark, in listing order: by key, newest first. */
function* versionsAfter(bucket: Bucket, keyMarker: string, versionIdMarker: string | undefined): Generator<Entry> {
  for (const key of bucket.keys) {
    const order = compareKeys(key, keyMarker);
    if (order < 0 || (order === 0 && versionIdMarker === undefined)) continue;
    const versions = bucket.versions(key);
    const from = order === 0 ? versions.findIndex(({ versionId }) => versionId === versionIdMarker) + 1 : 0;
    for (const [index, version] of versions.entries()) {
      if (index >= from) yield { version, isLatest: index === 0 };
    }
  }
}

const describe = ({ version, isLatest }: Entry, request: PageRequest): Output => ({
  Key: request.shown(version.key),
  VersionId: version.versionId,
  IsLatest: isLatest,
  LastModified: version.modified,
  ...(version.content === undefined
    ? {}
    : {
        ETag: version.content.etag,
        Size: version.content.size,
        StorageClass: version.content.properties.StorageClass ?? 'STANDARD',
      }),
});

/** Lists versions and delete markers, in pages of up to 1,000. */
export const listObjectVersions =
  (store: Store): Operation =>
  (input) => {
    refuseOthers('s3:ListObjectVersions', input, SUPPORTED);
    const bucket = store.bucketOf(input);
    const request = pageRequestOf(input);
    const keyMarker = read(input).optionalText('KeyMarker') ?? '';
    const versionIdMarker = read(input).optionalText('VersionIdMarker');
    const versions: Output[] = [];
    const markers: Output[] = [];
    const prefixes: string[] = [];
    let next: { NextKeyMarker?: string; NextVersionIdMarker?: string } = {};
    let isTruncated = false;

    for (const entry of versionsAfter(bucket, keyMarker, versionIdMarker)) {
      const { key, versionId, content } = entry.version;
      if (!key.startsWith(request.prefix)) continue;
      const common = commonPrefixOf(key, request);
      if (common !== undefined && (common === prefixes.at(-1) || common === keyMarker)) continue;
      if (versions.length + markers.length + prefixes.length >= request.maxKeys) {
        isTruncated = request.maxKeys > 0;
        break;
      }
      if (common === undefined) (content === undefined ? markers : versions).push(describe(entry, request));
      else prefixes.push(common);
      next =
        common === undefined
          ? { NextKeyMarker: request.shown(key), NextVersionIdMarker: versionId }
          : { NextKeyMarker: request.shown(common) };
    }

    return {
      Name: bucket.name,
      Prefix: request.shown(request.prefix),
      Delimiter: request.delimiter === undefined ? undefined : request.shown(request.delimiter),
      EncodingType: request.encodingType,
      KeyMarker: request.shown(keyMarker),
      VersionIdMarker: versionIdMarker,
      MaxKeys: request.maxKeys,
      IsTruncated: isTruncated,
      ...(isTruncated ? next : {}),
      Versions: versions,
      DeleteMarkers: markers,
      CommonPrefixes: prefixes.map((prefix) => ({ Prefix: request.shown(prefix) })),
    };
  };
