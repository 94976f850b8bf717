import { refusal } from './refusal';
import { excerpt, listed } from './text';

/** Refuses a bucket that the construct was not told of, whatever policies allow. */
export const checkBucket = (bucket: string, where: string, buckets: readonly string[]): string => {
  if (buckets.includes(bucket)) return bucket;
  throw refusal(
    'UnknownBucket',
    `'${where}' is '${excerpt(bucket)}', which is not known here; known buckets: ${listed(buckets)}`,
  );
};
