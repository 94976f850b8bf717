import { MAX_KEY_CHARACTERS, MAX_ARRAY_SIZE, type ObjectLocation } from '../../lib/contracts/items';
import { checkBucket } from './buckets';
import { anyTextOf, fieldsOf, optionalTextOf, textOf, wrongKind } from './fields';
import { textOfItem, tooManyItems } from './item';
import { refusal } from './refusal';

/** Where items come from, checked; those of a list are JSON texts. */
export type CheckedSource =
  | { readonly texts: readonly string[] }
  | { readonly prefix: { readonly bucket: string; readonly prefix: string } }
  | { readonly manifest: ObjectLocation };

const KINDS = ['list', 'prefix', 'manifest'];

const textsOf = (value: unknown, where: string): readonly string[] => {
  if (!Array.isArray(value)) throw wrongKind(where, 'a list of JSON values', value);
  if (value.length > MAX_ARRAY_SIZE) throw tooManyItems('the list', String(value.length));
  return value.map((item: unknown, index) => {
    if (item === null || item === undefined) {
      throw wrongKind(`${where}[${index}]`, 'a JSON value other than null', item);
    }
    return textOfItem(item, `${where}[${index}]`);
  });
};

const bucketOf = (value: unknown, where: string, buckets: readonly string[]): string =>
  checkBucket(textOf(value, where), where, buckets);

const locationOf = (value: unknown, where: string, buckets: readonly string[]): ObjectLocation => {
  const { bucket, key, versionId } = fieldsOf(value, where, ['bucket', 'key', 'versionId']);
  return {
    bucket: bucketOf(bucket, `${where}.bucket`, buckets),
    key: textOf(key, `${where}.key`, MAX_KEY_CHARACTERS),
    versionId: optionalTextOf(versionId, `${where}.versionId`, MAX_KEY_CHARACTERS),
  };
};

/** Reads where the items come from, as a caller wrote it: one of `buckets`, if not the request itself. */
export const itemSourceOf = (value: unknown, where: string, buckets: readonly string[]): CheckedSource => {
  const given = fieldsOf(value, where, KINDS);
  const kinds = Object.keys(given);
  if (kinds.length !== 1) {
    const got = kinds.length === 0 ? 'none' : kinds.join(' and ');
    throw refusal('InvalidRequest', `'${where}' must have exactly one of ${KINDS.join(', ')}, got ${got}`);
  }
  if ('list' in given) return { texts: textsOf(given.list, `${where}.list`) };
  if ('manifest' in given) return { manifest: locationOf(given.manifest, `${where}.manifest`, buckets) };
  const { bucket, prefix } = fieldsOf(given.prefix, `${where}.prefix`, ['bucket', 'prefix']);
  return {
    prefix: {
      // An empty prefix is the whole bucket.
      prefix: anyTextOf(prefix, `${where}.prefix.prefix`, MAX_KEY_CHARACTERS),
      bucket: bucketOf(bucket, `${where}.prefix.bucket`, buckets),
    },
  };
};
