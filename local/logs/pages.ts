import type { Paging } from '../core/pages';
import type { Reader } from '../core/reader';
import { invalid } from './errors';

/** How many of a list one answer may have. */
export const limitOf = (reader: Reader, max: number): number => {
  const limit = reader.optionalNumber('limit') ?? max;
  if (!Number.isInteger(limit) || limit < 1 || limit > max) throw invalid(`'limit' must be 1 to ${max}, got ${limit}`);
  return limit;
};

/** The number of entries before this page. */
export const startOf = (reader: Reader): number => {
  const token = reader.optionalText('nextToken') ?? '0';
  if (!/^\d{1,15}$/.test(token)) throw invalid('The specified nextToken is invalid.');
  return Number(token);
};

/** How groups and streams are listed. */
export const LIST: Paging = {
  ...{ usual: 50, sizeIn: 'limit', tokenIn: 'nextToken' },
  ...{ tokenError: 'InvalidParameterException', sizeError: 'InvalidParameterException' },
};
