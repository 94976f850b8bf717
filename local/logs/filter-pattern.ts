import { notSupported } from '../core/errors';
import { invalid } from './errors';

const TERM = /([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))\s*/gy;

/**
 * Filter patterns of terms: all plain ones, one of those with `?`, none of those with `-`; quotes make one term of many
 * words. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export const compileFilter = (pattern: string): ((message: string) => boolean) => {
  const text = pattern.trim();
  if (/^[{[]|%/.test(text)) {
    throw notSupported(`the filter pattern ${JSON.stringify(pattern)}`, 'it has terms: word "some words" ?either -not');
  }
  const all: string[] = [];
  const some: string[] = [];
  const none: string[] = [];
  let end = 0;
  for (const [whole, sign, phrase, word] of text.matchAll(TERM)) {
    end += whole.length;
    const term = typeof phrase === 'string' ? phrase.replace(/\\(.)/g, '$1') : word;
    // A blank in quotes stands for everything.
    if (term.trim() === '') continue;
    (sign === '-' ? none : sign === '?' ? some : all).push(term);
  }
  if (end < text.length) throw invalid(`Invalid filter pattern: ${JSON.stringify(pattern)} has an open quote`);
  // As AWS does: beside a plain term, optional ones change nothing.
  const alternatives = all.length > 0 ? [] : some;
  return (message) =>
    all.every((term) => message.includes(term)) &&
    !none.some((term) => message.includes(term)) &&
    (alternatives.length === 0 || alternatives.some((term) => message.includes(term)));
};
