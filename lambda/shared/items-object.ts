import type { ItemsObject } from '../../lib/contracts/items';
import { itemsKey } from '../../lib/contracts/layout';

const LINE_BREAK = 0x0a;

// Lines of one length in bytes, so that the line of an item is found without an index.
const fixedWidthLines = (texts: readonly string[]): { readonly content: Buffer; readonly itemBytes: number } => {
  const longest = texts.reduce((length, text) => Math.max(length, Buffer.byteLength(text)), 0);
  const itemBytes = longest + 1;
  const content = Buffer.alloc(itemBytes * texts.length, ' ');
  texts.forEach((text, index) => {
    content.write(text, index * itemBytes);
    content.writeUInt8(LINE_BREAK, (index + 1) * itemBytes - 1);
  });
  return { content, itemBytes };
};

/** Items as they are to be written, and where children find them. */
export interface LaidOutItems {
  readonly object: ItemsObject;
  readonly content: Buffer;
}

/** Lays out the items of a submission; nothing is written yet. */
export const layOutItems = (bucket: string, submissionId: string, texts: readonly string[]): LaidOutItems => {
  const { content, itemBytes } = fixedWidthLines(texts);
  return { object: { bucket, key: itemsKey(submissionId), count: texts.length, itemBytes }, content };
};
