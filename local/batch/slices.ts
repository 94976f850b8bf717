import { setImmediate } from 'node:timers/promises';

const SLICE = 500;

/** Works through many items without holding up everything else that this process does. */
export const inSlices = async <T>(items: readonly T[], work: (item: T) => void): Promise<void> => {
  for (let start = 0; start < items.length; start += SLICE) {
    if (start > 0) await setImmediate();
    for (const item of items.slice(start, start + SLICE)) work(item);
  }
};
