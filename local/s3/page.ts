import type { Input } from '../core/service';
import { invalid } from './failures';
import { read } from './store';

const MAX_KEYS = 1000;

/** What every listing takes. */
export interface PageRequest {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  readonly maxKeys: number;
  /** Keys and prefixes in answers, percent-encoded when that was asked for. */
  readonly shown: (text: string) => string;
  readonly encodingType: string | undefined;
}

/** S3 leaves the slash and the characters that a form leaves. */
const urlEncode = (text: string): string => encodeURIComponent(text).replaceAll('%2F', '/');

/** Reads the members that listings share. */
export const pageRequestOf = (input: Input): PageRequest => {
  const reader = read(input);
  const maxKeys = reader.optionalNumber('MaxKeys') ?? MAX_KEYS;
  if (!Number.isInteger(maxKeys) || maxKeys < 0) throw invalid(`'MaxKeys' must be 0 or more, got ${maxKeys}`);
  const encodingType = reader.optionalText('EncodingType');
  if (encodingType !== undefined && encodingType !== 'url') {
    throw invalid(`'EncodingType' must be url, got ${encodingType}`);
  }
  const delimiter = reader.optionalText('Delimiter');
  return {
    prefix: reader.optionalText('Prefix') ?? '',
    delimiter: delimiter === '' ? undefined : delimiter,
    maxKeys: Math.min(maxKeys, MAX_KEYS),
    shown: encodingType === 'url' ? urlEncode : (text) => text,
    encodingType,
  };
};

/** The prefix that a key is rolled up to. */
export const commonPrefixOf = (key: string, { prefix, delimiter }: PageRequest): string | undefined => {
  if (delimiter === undefined) return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
};

/** Index of the first of some sorted entries for which `isAfter` holds. */
export const firstIndex = <Entry>(entries: readonly Entry[], isAfter: (entry: Entry) => boolean): number => {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(entries[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
};
