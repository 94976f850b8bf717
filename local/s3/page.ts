import type { Input, Output } from '../core/service';
import { compareKeys, type ObjectVersion } from './bucket';
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

/** S3 leaves the slash, and encodes what JavaScript leaves of a URL's own characters. */
const urlEncode = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('%2F', '/')
    .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** How many entries a page may have. */
export const sizeOf = (input: Input, maximum: string, most = MAX_KEYS): number => {
  const size = read(input).optionalNumber(maximum) ?? most;
  if (!Number.isInteger(size) || size < 0) throw invalid(`'${maximum}' must be 0 or more, got ${size}`);
  return Math.min(size, most);
};

/** Reads the members that listings share. */
export const pageRequestOf = (input: Input, maximum = 'MaxKeys'): PageRequest => {
  const reader = read(input);
  const encodingType = reader.optionalText('EncodingType');
  if (encodingType !== undefined && encodingType !== 'url') {
    throw invalid(`'EncodingType' must be url, got ${encodingType}`);
  }
  const delimiter = reader.optionalText('Delimiter');
  return {
    prefix: reader.optionalText('Prefix') ?? '',
    delimiter: delimiter === '' ? undefined : delimiter,
    maxKeys: sizeOf(input, maximum),
    shown: encodingType === 'url' ? urlEncode : (text) => text,
    encodingType,
  };
};

/** The prefix that a key is rolled up to. */
const commonPrefixOf = (key: string, { prefix, delimiter }: PageRequest): string | undefined => {
  if (delimiter === undefined) return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
};

/** A page of entries in their order, with prefixes in place of what they roll up. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly prefixes: readonly string[];
  /** The last entry or prefix, if more follow. */
  readonly last: { readonly key: string; readonly entry?: Entry } | undefined;
}

/** Takes a page of sorted entries that come after the mark. */
export const pageOf = <Entry extends { readonly key: string }>(
  sorted: Iterable<Entry>,
  request: PageRequest,
  mark: string,
): Page<Entry> => {
  const entries: Entry[] = [];
  const prefixes: string[] = [];
  let last: Page<Entry>['last'];
  for (const entry of sorted) {
    const { key } = entry;
    if (!key.startsWith(request.prefix)) {
      if (compareKeys(key, request.prefix) > 0) break;
      continue;
    }
    const common = commonPrefixOf(key, request);
    // A prefix as the mark stands for all its keys.
    if (common !== undefined && (common === prefixes.at(-1) || common === mark)) continue;
    if (entries.length + prefixes.length >= request.maxKeys) return { entries, prefixes, last };
    if (common === undefined) entries.push(entry);
    else prefixes.push(common);
    last = common === undefined ? { key, entry } : { key: common };
  }
  return { entries, prefixes, last: undefined };
};

/**
 * Sorted entries after a mark: those of later keys, and those of its own key after the one that it names. When that one
 * is gone, as after a page whose entries were deleted, all of its key.
 */
export function* afterMark<Entry extends { readonly key: string }>(
  sorted: Iterable<Entry>,
  keyMarker: string,
  idMarker: string | undefined,
  idOf: (entry: Entry) => string,
): Generator<Entry> {
  const own: Entry[] = [];
  for (const entry of sorted) {
    const order = compareKeys(entry.key, keyMarker);
    if (order > 0) {
      yield* own.splice(0);
      yield entry;
    } else if (order === 0 && idMarker !== undefined) {
      if (idOf(entry) === idMarker) own.length = 0;
      else own.push(entry);
    }
  }
  yield* own;
}

/** What listings by key and id tell about their marks. */
export const shownMarks = <Entry>({ shown }: PageRequest, keyMarker: string, { last }: Page<Entry>): Output => ({
  KeyMarker: shown(keyMarker),
  IsTruncated: last !== undefined,
  NextKeyMarker: last === undefined ? undefined : shown(last.key),
});

/** What every listing tells about its page. */
export const shownPage = (
  { prefix, delimiter, shown, encodingType }: PageRequest,
  prefixes: readonly string[],
): Output => ({
  Prefix: shown(prefix),
  Delimiter: delimiter === undefined ? undefined : shown(delimiter),
  EncodingType: encodingType,
  CommonPrefixes: prefixes.map((each) => ({ Prefix: shown(each) })),
});

/** What every listing tells about an object. */
export const shownObject = ({ key, modified, content }: ObjectVersion, { shown }: PageRequest): Output => ({
  Key: shown(key),
  LastModified: modified,
  ...(content === undefined
    ? {}
    : {
        ETag: content.etag,
        Size: content.size,
        StorageClass: content.properties.StorageClass ?? 'STANDARD',
        ChecksumAlgorithm: Object.keys(content.checksum)
          .filter((member) => member !== 'ChecksumType')
          .map((member) => member.replace('Checksum', '')),
        ChecksumType: content.checksum.ChecksumType,
      }),
});

/** A mark as a token that says nothing to clients. */
export const tokenOf = (mark: string): string => Buffer.from(mark).toString('base64url');

/** The mark of a token. */
export const markOf = (token: string): string => {
  const mark = Buffer.from(token, 'base64url').toString('utf8');
  if (tokenOf(mark) === token) return mark;
  throw invalid(`'ContinuationToken' must be one that a listing returned, got ${token}`);
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
