import { refusal } from './refusal';
import { excerpt } from './text';

/** Names of buckets as a construct writes them into the environment; no name has a comma. */
export const bucketsOf = (names: string | undefined): readonly string[] =>
  (names ?? '').split(',').filter((name) => name !== '');

/** Refuses a bucket that the construct was not told of, whatever policies allow. */
export const checkBucket = (bucket: string, where: string, buckets: readonly string[]): string => {
  if (buckets.includes(bucket)) return bucket;
  throw refusal(
    'UnknownBucket',
    `'${where}' is '${excerpt(bucket)}', which is not known here; known buckets: ${buckets.join(', ')}`,
  );
};
