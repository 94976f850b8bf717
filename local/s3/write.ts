import { randomBytes } from 'node:crypto';
import type { Call } from '../core/service';
import { type Bucket, NULL_VERSION, type ObjectContent, type ObjectVersion } from './bucket';
import { tellCreated } from './events';
import type { Store } from './store';

/** A version id for what is written now. */
export const nextVersionId = (bucket: Bucket): string =>
  bucket.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : NULL_VERSION;

/** The version id as answers show it: not at all in a bucket without versioning. */
export const shownVersion = (bucket: Bucket, versionId: string): string | undefined =>
  bucket.versioning === undefined ? undefined : versionId;

/** Makes written bytes the latest version of a key, unless `recheck` finds that another write has come between. */
export const commit = async (
  store: Store,
  bucket: Bucket,
  key: string,
  content: ObjectContent,
  call: Call,
  reason: string,
  recheck: () => void,
): Promise<ObjectVersion> => {
  try {
    recheck();
  } catch (error) {
    await store.blobs.remove(content.blob);
    throw error;
  }
  const version = { key, versionId: nextVersionId(bucket), modified: store.world.clock.date(), content };
  const replaced = bucket.add(version);
  tellCreated(store, bucket, call, version, reason);
  if (replaced?.content !== undefined) await store.blobs.remove(replaced.content.blob);
  return version;
};
