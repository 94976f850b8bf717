/** A job with more fails when it starts (https://docs.aws.amazon.com/batch/latest/userguide/using-tags.html). */
export const MAX_TAGS = 50;

/** https://docs.aws.amazon.com/batch/latest/userguide/tag-restrictions.html */
const MAX_TAG_KEY = 128;

/** https://docs.aws.amazon.com/batch/latest/userguide/tag-restrictions.html */
export const MAX_TAG_VALUE = 256;

/**
 * The prefix is for AWS alone, in keys and in values. AWS Batch answers to other characters that they are illegal
 * (https://docs.aws.amazon.com/batch/latest/userguide/tag-restrictions.html).
 */
const CHARACTERS = /^(?!aws:)[\p{L}\p{N}\p{Z}+\-=._:/@]*$/iu;

const IN_WORDS = "letters, digits, spaces and + - = . _ : / @ that do not begin with 'aws:'";

/** Says what a key may be in an error. */
export const TAG_KEY_IN_WORDS = `1 to ${MAX_TAG_KEY} ${IN_WORDS}`;

/** Says what a value may be in an error. */
export const TAG_VALUE_IN_WORDS = `at most ${MAX_TAG_VALUE} ${IN_WORDS}`;

/** Characters of a key or a value, as AWS counts them. */
export const tagLength = (text: string): number => Array.from(text).length;

/** Whether AWS Batch takes a key of a tag. */
export const isTagKey = (key: string): boolean => key !== '' && tagLength(key) <= MAX_TAG_KEY && CHARACTERS.test(key);

/** Whether AWS Batch takes a value of a tag. */
export const isTagValue = (value: string): boolean => tagLength(value) <= MAX_TAG_VALUE && CHARACTERS.test(value);
