import { refuseOthers } from '../core/parameters';
import type { Operation, Output } from '../core/service';
import { type Bucket, compareKeys, type ObjectVersion } from './bucket';
import { pageOf, type PageRequest, pageRequestOf, shownObject, shownPage } from './page';
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
  readonly key: string;
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
      if (index >= from) yield { key, version, isLatest: index === 0 };
    }
  }
}

const describe = ({ version, isLatest }: Entry, request: PageRequest): Output => ({
  ...shownObject(version, request),
  VersionId: version.versionId,
  IsLatest: isLatest,
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
    const page = pageOf(versionsAfter(bucket, keyMarker, versionIdMarker), request, keyMarker);
    const { entries, prefixes, last } = page;
    return {
      Name: bucket.name,
      ...shownPage(request, prefixes),
      KeyMarker: request.shown(keyMarker),
      VersionIdMarker: versionIdMarker,
      MaxKeys: request.maxKeys,
      IsTruncated: last !== undefined,
      NextKeyMarker: last === undefined ? undefined : request.shown(last.key),
      NextVersionIdMarker: last?.entry?.version.versionId,
      Versions: entries.filter(({ version }) => version.content).map((entry) => describe(entry, request)),
      DeleteMarkers: entries.filter(({ version }) => !version.content).map((entry) => describe(entry, request)),
    };
  };
