import type { Item, ItemSource, ObjectLocation } from '../../lib/contracts/items';
import { fieldsOf, optionalTextOf, textOf, wrongKind } from './fields';
import { refusal } from './refusal';

const KINDS = ['list', 'prefix', 'manifest'];

const isItem = (value: unknown): value is Item => value !== null && value !== undefined;

const listOf = (value: unknown, where: string): readonly Item[] => {
  if (!Array.isArray(value)) throw wrongKind(where, 'a list of JSON values', value);
  return value.map((item: unknown, index) => {
    if (!isItem(item)) throw wrongKind(`${where}[${index}]`, 'a JSON value other than null', item);
    return item;
  });
};

const locationOf = (value: unknown, where: string): ObjectLocation => {
  const { bucket, key, versionId } = fieldsOf(value, where, ['bucket', 'key', 'versionId']);
  return {
    bucket: textOf(bucket, `${where}.bucket`),
    key: textOf(key, `${where}.key`),
    versionId: optionalTextOf(versionId, `${where}.versionId`),
  };
};

/** Reads where the items come from, as a caller wrote it. */
export const itemSourceOf = (value: unknown, where: string): ItemSource => {
  const given = fieldsOf(value, where, KINDS);
  const kinds = Object.keys(given);
  if (kinds.length !== 1) {
    const got = kinds.length === 0 ? 'none' : kinds.join(' and ');
    throw refusal('InvalidRequest', `'${where}' must have exactly one of ${KINDS.join(', ')}, got ${got}`);
  }
  if ('list' in given) return { list: listOf(given.list, `${where}.list`) };
  if ('manifest' in given) return { manifest: locationOf(given.manifest, `${where}.manifest`) };
  const { bucket, prefix } = fieldsOf(given.prefix, `${where}.prefix`, ['bucket', 'prefix']);
  // An empty prefix is the whole bucket.
  if (typeof prefix !== 'string') throw wrongKind(`${where}.prefix.prefix`, 'a string', prefix);
  return { prefix: { bucket: textOf(bucket, `${where}.prefix.bucket`), prefix } };
};
