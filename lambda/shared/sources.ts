import type { KeyPrefix } from '../../lib/contracts/items';
import { checkBucket } from './buckets';
import { anyTextOf, fieldsOf, textOf, wrongKind } from './fields';
import { refusal } from './refusal';
import { excerpt, listed } from './text';

/** Where items may come from, as a construct wrote it into the environment. */
export const sourcesOf = (json: string): readonly KeyPrefix[] => {
  const sources: unknown = JSON.parse(json);
  if (!Array.isArray(sources)) throw wrongKind('sources', 'a list', sources);
  return sources.map((source: unknown, index) => {
    const { bucket, prefix } = fieldsOf(source, `sources[${index}]`, ['bucket', 'prefix']);
    return {
      bucket: textOf(bucket, `sources[${index}].bucket`),
      prefix: anyTextOf(prefix, `sources[${index}].prefix`),
    };
  });
};

/** Refuses what is in another bucket or at another key than a construct has said, whatever policies allow. */
export const checkSource = (bucket: string, key: string, where: string, sources: readonly KeyPrefix[]): void => {
  checkBucket(bucket, `${where}.bucket`, [...new Set(sources.map((source) => source.bucket))]);
  const prefixes = sources.filter((source) => source.bucket === bucket).map(({ prefix }) => prefix);
  if (prefixes.some((prefix) => key.startsWith(prefix))) return;
  throw refusal(
    'UnknownKey',
    `'${where}' is at '${excerpt(key)}', where no items are known here; known beginnings of keys: ${listed(prefixes)}`,
  );
};
