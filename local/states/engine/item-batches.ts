import type { ItemBatcher } from '../language/definition';
import { bytesOf, type Json, type JsonObject } from '../language/json';
import type { Visit } from './visit';

/** Items in groups of at most so many, and so many bytes. */
const grouped = (items: readonly Json[], most: number, mostBytes: number): readonly (readonly Json[])[] => {
  const batches: Json[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = bytesOf(JSON.stringify(item));
    const last = batches.at(-1);
    if (last === undefined || last.length >= most || bytes + size > mostBytes) {
      batches.push([item]);
      bytes = size;
    } else {
      last.push(item);
      bytes += size;
    }
  }
  return batches;
};

/** What each child execution gets: one item, or a batch of them with what is the same for all. */
export const inputsOf = async (
  items: readonly Json[],
  batcher: ItemBatcher | undefined,
  visit: Visit,
): Promise<readonly Json[]> => {
  if (batcher === undefined) return items;
  const numberOf = async (value: Json | undefined, field: string): Promise<number> =>
    value === undefined ? Infinity : visit.number(value, field);
  const most = await numberOf(batcher.maxItems, 'MaxItemsPerBatch');
  const mostBytes = await numberOf(batcher.maxBytes, 'MaxInputBytesPerBatch');
  const common: JsonObject =
    batcher.input === undefined ? {} : { BatchInput: await visit.evaluate(batcher.input, 'BatchInput') };
  return grouped(items, most, mostBytes).map((Items) => ({ ...common, Items }));
};
