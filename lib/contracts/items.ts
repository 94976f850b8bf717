/** One unit of work: any JSON value that is not null. An array job has one child for each. */
export type Item = string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>;

/** An object in S3. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}

/** All objects of a bucket whose keys have one beginning. */
export interface KeyPrefix {
  readonly bucket: string;
  readonly prefix: string;
}

/** Where the items of a submission come from: exactly one of these. */
export type ItemSource =
  | { readonly list: readonly Item[] }
  /**
   * Each object below the prefix is an item, as `{"bucket", "key"}`, in the order S3 lists them. Keys that end with a
   * slash are folders of the console and no items. Listings do not tell versions: a child reads the latest one.
   */
  | { readonly prefix: { readonly bucket: string; readonly prefix: string } }
  /**
   * Each line of the object is an item: JSON Lines in UTF-8. Line breaks may be CRLF, a byte order mark and blank lines
   * at the end are ignored. Items keep their spelling: numbers are not rounded, keys are not sorted.
   */
  | { readonly manifest: ObjectLocation };

/** The items as the children read them: one line of JSON each, padded with spaces to one length in bytes. */
export interface ItemsObject {
  readonly bucket: string;
  readonly key: string;
  readonly count: number;
  /** Length of each line in bytes, line break included. */
  readonly itemBytes: number;
}

/** Fewest children of an array job (https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html). */
export const MIN_ARRAY_SIZE = 2;

/** Most children of an array job (https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html). */
export const MAX_ARRAY_SIZE = 10_000;

/** Most characters of a key, a prefix or a version (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html). */
export const MAX_KEY_CHARACTERS = 1_024;

/** Longest item in bytes of JSON. Items are pointers to data; larger ones belong into an object of their own. */
export const MAX_ITEM_BYTES = 4_096;
