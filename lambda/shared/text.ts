/** Longest message of an error: what a log line, a record and a notification can show. */
export const LONGEST_MESSAGE = 2_000;

const MORE = '...';

/** Line breaks, control characters, lone surrogates, and what turns the direction of writing. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const byNumber = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** A text of one line in which nothing is hidden, cut where it is longer than `longest`. */
export const printable = (text: string, longest = LONGEST_MESSAGE): string => {
  const shown = text.slice(0, longest + 1).replace(HIDDEN, byNumber);
  return shown.length > longest ? `${shown.slice(0, longest - MORE.length)}${MORE}` : shown;
};

/** The start of a name that somebody gave, for messages. */
export const excerpt = (text: string): string => printable(text, 80);

/** Names to choose from, for messages. */
export const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : [...names].sort().join(', ');
