import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Bytes on disk. Files have names of their own, since a key could be any path. */
export class Blobs {
  private readonly readers = new Map<string, number>();
  private readonly doomed = new Set<string>();

  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  async write(bytes: Uint8Array): Promise<string> {
    const name = randomUUID();
    await writeFile(this.path(name), bytes);
    return name;
  }

  /** Joins files without holding them in memory. */
  async concatenate(names: readonly string[]): Promise<string> {
    const joined = randomUUID();
    for (const name of names) {
      await pipeline(createReadStream(this.path(name)), createWriteStream(this.path(joined), { flags: 'a' }));
    }
    return joined;
  }

  /** Reads `length` bytes from `start`. A file that is removed meanwhile is read to its end. */
  async read(name: string, start: number, length: number): Promise<Uint8Array> {
    this.readers.set(name, (this.readers.get(name) ?? 0) + 1);
    try {
      const file = await open(this.path(name));
      try {
        const bytes = Buffer.allocUnsafe(length);
        let filled = 0;
        while (filled < length) {
          const { bytesRead } = await file.read(bytes, filled, length - filled, start + filled);
          if (bytesRead === 0) throw new Error(`the stored object ${name} is shorter than it was`);
          filled += bytesRead;
        }
        return bytes;
      } finally {
        await file.close();
      }
    } finally {
      await this.release(name);
    }
  }

  /** Removes a file as soon as nobody reads it. */
  async remove(name: string): Promise<void> {
    if (this.readers.has(name)) this.doomed.add(name);
    else await rm(this.path(name), { force: true });
  }

  private async release(name: string): Promise<void> {
    const left = (this.readers.get(name) ?? 1) - 1;
    if (left > 0) {
      this.readers.set(name, left);
      return;
    }
    this.readers.delete(name);
    if (this.doomed.delete(name)) await rm(this.path(name), { force: true });
  }

  private path(name: string): string {
    return join(this.directory, name);
  }
}
