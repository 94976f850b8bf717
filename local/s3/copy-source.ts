import type { Call, Input } from '../core/service';
import type { Bucket } from './bucket';
import { checkCopy, READ_CONDITIONS } from './conditions';
import { invalid } from './failures';
import { type Found, findVersion } from './get-object';
import { useKey } from './object-key';
import { read, type Store } from './store';

/** Members of a copy that tell what is copied. */
export const SOURCE_MEMBERS = ['CopySource', ...READ_CONDITIONS.map((condition) => `CopySource${condition}`)];

const decode = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
};

/** `BUCKET/KEY[?versionId=ID]`, percent-encoded, with or without a slash in front. */
const placeOf = (input: Input): { Bucket: string; Key: string; VersionId: string | undefined } => {
  const text = read(input).text('CopySource');
  const [path, version] = text.split('?versionId=');
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decode(path));
  if (match === null) throw invalid(`'CopySource' must be BUCKET/KEY, percent-encoded, got ${JSON.stringify(text)}`);
  const [, bucket, key] = match;
  return { Bucket: bucket, Key: key, VersionId: version === '' ? undefined : version };
};

/** The version that a copy reads, and its bucket. */
export const sourceOf = (store: Store, input: Input): Found & { readonly bucket: Bucket } => {
  const place = placeOf(input);
  const bucket = store.bucketOf(place);
  const found = findVersion(bucket, place.Key, place.VersionId);
  checkCopy(found.content, found.version.modified, input);
  return { ...found, bucket };
};

/** Refuses who may not use the key of what a copy reads; look for it again then, as it may be gone. */
export const useSource = async (store: Store, call: Call): Promise<void> => {
  const { bucket, version, content } = sourceOf(store, call.input);
  await useKey(store, call, bucket, version.key, content.properties, 'kms:Decrypt');
};
