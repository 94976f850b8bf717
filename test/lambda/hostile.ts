import fc from 'fast-check';

/** Stands in each value that must never be seen again: in a log line, a record, a notification, an error. */
export const MARKER = 'hush-4711';

/** What somebody writes who wants a shell, an expression, a log or a reader to take it for something else. */
const PIECES = [
  ...['"', "'", '`', '\\', '\n', '\r\n', '\0', '\u001b[2J', '\u0085', '\u2028', '\u202e', '\ud800', '🛫', '\uFEFF'],
  ...['${jndi:ldap://x}', '$(reboot)', '; rm -rf /', '{% $states.input %}', 'Ref::a', '../', 'arn:aws:s3:::x', '%0a'],
  ...['{"level":"INFO"}', ',"JobId":"x"', '__proto__', 'constructor', '{', '[', ' ', 'x'.repeat(5_000)],
];

/** Names and texts of requests. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 6 })
  .map((pieces) => pieces.join(''));

/** Values that must not be seen again. */
export const secret = fc.oneof(
  hostileText.map((text) => `${text}${MARKER}${text}`),
  fc.constant(`${MARKER}${'x'.repeat(5_000)}`),
);

/** JSON whose texts must not be seen again, of up to a megabyte. */
export const hostileJson = fc.oneof(
  { weight: 9, arbitrary: fc.dictionary(fc.constantFrom('items', 'detail', 'plan', 'failure', 'x'), secret) },
  { weight: 9, arbitrary: fc.oneof(secret, fc.array(secret), fc.constant(null), fc.double()) },
  { weight: 1, arbitrary: fc.constant(MARKER.repeat(120_000)) },
);
