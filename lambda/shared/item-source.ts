import { type KeyPrefix, MAX_ARRAY_SIZE, MAX_KEY_CHARACTERS, type ObjectLocation } from '../../lib/contracts/items';
import { anyTextOf, fieldsOf, optionalTextOf, textOf, wrongKind } from './fields';
import { textOfItem, tooManyItems } from './item';
import { refusal } from './refusal';
import { checkSource } from './sources';

/** Where items come from, checked; those of a list are JSON texts. */
export type CheckedSource =
  { readonly texts: readonly string[] } | { readonly prefix: KeyPrefix } | { readonly manifest: ObjectLocation };

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

const locationOf = (value: unknown, where: string, sources: readonly KeyPrefix[]): ObjectLocation => {
  const { bucket, key, versionId } = fieldsOf(value, where, ['bucket', 'key', 'versionId']);
  const location = {
    bucket: textOf(bucket, `${where}.bucket`),
    key: textOf(key, `${where}.key`, MAX_KEY_CHARACTERS),
    versionId: optionalTextOf(versionId, `${where}.versionId`, MAX_KEY_CHARACTERS),
  };
  checkSource(location.bucket, location.key, where, sources);
  return location;
};

const prefixOf = (value: unknown, where: string, sources: readonly KeyPrefix[]): KeyPrefix => {
  const { bucket, prefix } = fieldsOf(value, where, ['bucket', 'prefix']);
  const given = {
    bucket: textOf(bucket, `${where}.bucket`),
    // An empty prefix is the whole bucket.
    prefix: anyTextOf(prefix, `${where}.prefix`, MAX_KEY_CHARACTERS),
  };
  checkSource(given.bucket, given.prefix, where, sources);
  return given;
};

/** Reads where the items come from, as a caller wrote it: one of `sources`, if not the request itself. */
export const itemSourceOf = (value: unknown, where: string, sources: readonly KeyPrefix[]): CheckedSource => {
  const given = fieldsOf(value, where, KINDS);
  const kinds = Object.keys(given);
  if (kinds.length !== 1) {
    const got = kinds.length === 0 ? 'none' : kinds.join(' and ');
    throw refusal('InvalidRequest', `'${where}' must have exactly one of ${KINDS.join(', ')}, got ${got}`);
  }
  if ('list' in given) return { texts: textsOf(given.list, `${where}.list`) };
  if ('manifest' in given) return { manifest: locationOf(given.manifest, `${where}.manifest`, sources) };
  return { prefix: prefixOf(given.prefix, `${where}.prefix`, sources) };
};
