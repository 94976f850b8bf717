import type { Reader } from '../core/reader';
import { isRecord } from '../core/json';
import { compilePattern } from '../patterns/pattern';
import { PatternError } from '../patterns/pattern-error';

const MAX_FILTERS = 5;

/** Filter criteria that cannot be used. */
export class FilterError extends Error {}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Whether a record passes a filter. A pattern for an object looks into a body that is JSON; one for text sees text:
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
const compile = (text: string): ((record: Readonly<Record<string, unknown>>, body: string) => boolean) => {
  const source = jsonOf(text);
  const looksInside = isRecord(source) && isRecord(source.body);
  try {
    const pattern = compilePattern(source);
    return (record, body) => {
      const inside = looksInside ? jsonOf(body) : body;
      return (!looksInside || isRecord(inside)) && pattern.matches({ ...record, body: inside });
    };
  } catch (error) {
    if (error instanceof PatternError) throw new FilterError(`Invalid filter pattern definition. (${error.message})`);
    throw error;
  }
};

/** Checks filter criteria, and answers their patterns. */
export const checkFilters = (criteria: Reader): readonly string[] => {
  const patterns = criteria.records('Filters').map((filter) => filter.text('Pattern'));
  if (patterns.length > MAX_FILTERS) throw new FilterError(`at most ${MAX_FILTERS} filters are possible`);
  patterns.forEach(compile);
  return patterns;
};

/** Whether a record passes one of the filters, or there are none. */
export const compileFilters = (
  patterns: readonly string[],
): ((record: Readonly<Record<string, unknown>>, body: string) => boolean) => {
  const filters = patterns.map(compile);
  return (record, body) => filters.length === 0 || filters.some((passes) => passes(record, body));
};
