import { MAX_ARRAY_SIZE } from '../../lib/contracts/items';
import { tooManyItems } from './item';
import type { CheckedSource } from './item-source';
import { manifestItems } from './manifest';
import { uriOf, type Objects } from './objects';

const prefixItems = async (objects: Objects, bucket: string, prefix: string): Promise<readonly string[]> => {
  const items: string[] = [];
  for await (const key of objects.keys(bucket, prefix)) {
    if (key.endsWith('/')) continue;
    if (items.length === MAX_ARRAY_SIZE) {
      throw tooManyItems(`the prefix ${uriOf({ bucket, key: prefix })}`, `more than ${MAX_ARRAY_SIZE}`);
    }
    items.push(JSON.stringify({ bucket, key }));
  }
  return items;
};

/** The items of a submission as JSON texts: all of them, or an error that names the one at fault. */
export const itemsOf = (objects: Objects, source: CheckedSource): Promise<readonly string[]> => {
  if ('manifest' in source) return manifestItems(objects, source.manifest);
  if ('prefix' in source) return prefixItems(objects, source.prefix.bucket, source.prefix.prefix);
  return Promise.resolve(source.texts);
};
