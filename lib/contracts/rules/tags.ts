/** A job with more fails when it starts (https://docs.aws.amazon.com/batch/latest/userguide/using-tags.html). */
export const MAX_TAGS = 50;

/** https://docs.aws.amazon.com/batch/latest/userguide/tag-restrictions.html */
export const MAX_TAG_KEY = 128;

/** https://docs.aws.amazon.com/batch/latest/userguide/tag-restrictions.html */
export const MAX_TAG_VALUE = 256;

/** Characters of a key or a value, as AWS counts them. */
export const tagLength = (text: string): number => Array.from(text).length;

/** Whether AWS Batch takes a key of a tag. */
export const isTagKey = (key: string): boolean =>
  key !== '' && tagLength(key) <= MAX_TAG_KEY && !key.toLowerCase().startsWith('aws:');

/** Whether AWS Batch takes a value of a tag. */
export const isTagValue = (value: string): boolean => tagLength(value) <= MAX_TAG_VALUE;
