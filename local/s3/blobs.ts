import { randomUUID } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  openSync,
  readdirSync,
  type ReadStream,
  rmSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Slice } from './range';

/** What is on its way to the disk at most, and what is read at once. */
const WRITE_BYTES = 8 * 1024 ** 2;
const READ_BYTES = 1024 ** 2;

/** Bytes on disk. Files have names of their own, since a key could be any path. */
export class Blobs {
  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  /** Removes what a killed process left: writes that it did not finish, and what nothing names any more. */
  sweep(named: ReadonlySet<string>): void {
    for (const blob of readdirSync(this.directory)) if (!named.has(blob)) rmSync(this.path(blob), { force: true });
  }

  /** Writes bytes as they come; what is cut short is removed. */
  async write(chunks: AsyncIterable<Uint8Array>): Promise<{ readonly blob: string; readonly size: number }> {
    const blob = randomUUID();
    const file = createWriteStream(this.path(blob), { highWaterMark: WRITE_BYTES });
    try {
      await pipeline(chunks, file);
    } catch (error) {
      await this.remove(blob);
      throw error;
    }
    return { blob, size: file.bytesWritten };
  }

  /** Opens a file at once, so that it is read to its end even if it is removed meanwhile. */
  read(blob: string, { start, length }: Slice): ReadStream {
    const fd = openSync(this.path(blob), 'r');
    return createReadStream('', { fd, start, end: start + length - 1, highWaterMark: READ_BYTES });
  }

  /** The bytes of several files, one after the other. */
  async *join(blobs: readonly { readonly blob: string; readonly size: number }[]): AsyncGenerator<Uint8Array> {
    for (const { blob, size } of blobs) {
      if (size === 0) continue;
      for await (const chunk of this.read(blob, { start: 0, length: size })) {
        if (chunk instanceof Uint8Array) yield chunk;
      }
    }
  }

  async remove(blob: string): Promise<void> {
    await rm(this.path(blob), { force: true });
  }

  private path(blob: string): string {
    return join(this.directory, blob);
  }
}
