/**
 * What a share identifier is made of, without the `*` at its end that makes it the beginning of many. The API reference has
 * letters and digits only (https://docs.aws.amazon.com/batch/latest/APIReference/API_ShareAttributes.html); the service
 * takes hyphens and underscores as well.
 */
export const SHARE_IDENTIFIER = /^[A-Za-z0-9_-]{1,255}$/;

/** Says it in an error. */
export const SHARE_IDENTIFIER_IN_WORDS = '1 to 255 letters, digits, hyphens and underscores';
