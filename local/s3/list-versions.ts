import { refuseOthers } from '../core/parameters';
import type { Operation, Output } from '../core/service';
import type { Bucket, ObjectVersion } from './bucket';
import { afterMark, pageOf, type PageRequest, pageRequestOf, shownMarks, shownObject, shownPage } from './page';
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

/** In listing order: by key, newest first. */
function* sortedVersions(bucket: Bucket): Generator<Entry> {
  for (const key of bucket.keys) {
    for (const [index, version] of bucket.versions(key).entries()) yield { key, version, isLatest: index === 0 };
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
    const after = afterMark(sortedVersions(bucket), keyMarker, versionIdMarker, ({ version }) => version.versionId);
    const page = pageOf(after, request, keyMarker);
    const { entries, prefixes, last } = page;
    return {
      Name: bucket.name,
      ...shownPage(request, prefixes),
      ...shownMarks(request, keyMarker, page),
      VersionIdMarker: versionIdMarker,
      MaxKeys: request.maxKeys,
      NextVersionIdMarker: last?.entry?.version.versionId,
      Versions: entries.filter(({ version }) => version.content).map((entry) => describe(entry, request)),
      DeleteMarkers: entries.filter(({ version }) => !version.content).map((entry) => describe(entry, request)),
    };
  };
