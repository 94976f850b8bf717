import { MAX_ARRAY_SIZE, MAX_ITEM_BYTES } from '../../lib/contracts/items';
import { refusal } from './refusal';

const LARGER = `put larger data into an object of its own and make the item point to it`;

/** Why a text is no item, without a word of it: items may be what only jobs should see. Undefined when it is one. */
export const faultOf = (text: string): string | undefined => {
  if (Buffer.byteLength(text) > MAX_ITEM_BYTES) return `is longer than ${MAX_ITEM_BYTES} bytes; ${LARGER}`;
  if (text === '') return 'is blank';
  try {
    return JSON.parse(text) === null ? 'is null; an item is any other JSON value' : undefined;
  } catch {
    return 'is not JSON';
  }
};

/** The JSON text of an item that came with the request. */
export const textOfItem = (item: unknown, where: string): string => {
  const text = JSON.stringify(item);
  const fault = faultOf(text);
  if (fault !== undefined) throw refusal('InvalidRequest', `'${where}' ${fault}`);
  return text;
};

/** Refuses more items than an array job has children; the number may be a lower bound. */
export const tooManyItems = (where: string, count: string): Error =>
  refusal(
    'TooManyItems',
    `${where} has ${count} items, an array job has at most ${MAX_ARRAY_SIZE} children: ` +
      `split the items over several submissions, or put several units of work into one item`,
  );
