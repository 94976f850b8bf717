import type { Reader } from '../core/reader';
import { checkRange, clientError } from './checks';

interface Numbered {
  readonly sequence: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

const readToken = (reader: Reader): number | undefined => {
  const token = reader.optionalText('nextToken');
  if (token === undefined) return undefined;
  const text = Buffer.from(token, 'base64url').toString();
  if (!/^\d+$/.test(text)) throw clientError(`'nextToken' must come from the page before, got '${token}'`);
  return Number(text);
};

/** One page of what a request names, by names or ARNs; all of it when it names nothing. */
export const pageOfNamed = <T extends Numbered & { readonly name: string; readonly arn: string }>(
  items: Iterable<T>,
  reader: Reader,
  property: string,
): Page<T> => {
  const names = new Set(reader.texts(property));
  const chosen = [...items].filter(({ name, arn }) => names.size === 0 || names.has(name) || names.has(arn));
  return pageOf(chosen, reader, 100);
};

/** One page of `items`. The token names the last item shown, so that pages stay right while items come and go. */
export const pageOf = <T extends Numbered>(
  items: Iterable<T>,
  reader: Reader,
  limit: number,
  order: 'oldest first' | 'newest first' = 'oldest first',
): Page<T> => {
  const sign = order === 'oldest first' ? 1 : -1;
  const size = checkRange('maxResults', reader.optionalNumber('maxResults') ?? limit, 1, limit);
  const after = readToken(reader);
  const rest = [...items].filter((item) => after === undefined || (item.sequence - after) * sign > 0);
  rest.sort((left, right) => (left.sequence - right.sequence) * sign);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return rest.length <= size || last === undefined
    ? { items: page }
    : { items: page, nextToken: Buffer.from(String(last.sequence)).toString('base64url') };
};
