import { closeSync, existsSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';

/** Where a text is in a journal. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** A file that only grows. Logs of ten thousand jobs are on disk, not in memory. */
export interface Journal {
  append(text: string): Place;
  read(place: Place): string;
  /** Closes and removes the file. */
  remove(): void;
  /** Closes the file. */
  close(): void;
}

const BUFFER_BYTES = 64 * 1024;

/** Opens nothing before the first text has to be written. */
export const createJournal = (path: string, isKept: boolean): Journal => {
  let file: number | undefined;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let size = isKept && existsSync(path) ? statSync(path).size : 0;

  const open = (): number => (file ??= openSync(path, isKept ? 'a+' : 'w+'));

  const flush = (): void => {
    if (pendingBytes === 0) return;
    const bytes = Buffer.concat(pending);
    pending = [];
    pendingBytes = 0;
    for (let written = 0; written < bytes.length;) written += writeSync(open(), bytes, written);
  };

  return {
    append: (text) => {
      const bytes = Buffer.from(text);
      const place = { offset: size, length: bytes.length };
      pending.push(bytes);
      pendingBytes += bytes.length;
      size += bytes.length;
      // What outlives the process cannot wait in its memory.
      if (isKept || pendingBytes >= BUFFER_BYTES) flush();
      return place;
    },
    read: ({ offset, length }) => {
      flush();
      const bytes = Buffer.alloc(length);
      for (let read = 0; read < length;) {
        const count = readSync(open(), bytes, read, length - read, offset + read);
        if (count === 0) throw new Error(`the journal ${path} ends before byte ${offset + length}`);
        read += count;
      }
      return bytes.toString('utf8');
    },
    close: () => {
      flush();
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
    remove: () => {
      pending = [];
      pendingBytes = 0;
      if (file !== undefined) closeSync(file);
      file = undefined;
      rmSync(path, { force: true });
    },
  };
};
