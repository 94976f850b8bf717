import { closeSync, existsSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readPlain, writePlain } from './plain';

type Things = Map<string, unknown>;
/** A collection, a key, and the thing; without a thing it was deleted. */
type Line = readonly [collection: string, key: string, thing?: unknown];

const FILE = 'state.jsonl';
/** Below this size a journal is not worth making anew. */
const COMPACT_ABOVE_BYTES = 64 * 1024 * 1024;
/** Read at once: a journal may be longer than any string. */
const READ_BYTES = 1024 * 1024;
const NEWLINE = 10;

const isLine = (value: unknown): value is Line =>
  Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string';

const parse = (text: string): Line | undefined => {
  try {
    const value = readPlain(text);
    return isLine(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** What a killed process did not finish has no end, and says nothing. */
const wholeLinesOf = function* (path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(READ_BYTES);
    let begun: Buffer[] = [];
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) {
      const read = chunk.subarray(0, size);
      let start = 0;
      for (let end = read.indexOf(NEWLINE); end >= 0; end = read.indexOf(NEWLINE, start)) {
        yield Buffer.concat([...begun, read.subarray(start, end)]).toString();
        begun = [];
        start = end + 1;
      }
      begun.push(Buffer.from(read.subarray(start)));
    }
  } finally {
    closeSync(file);
  }
};

/**
 * The state of an endpoint on disk: one line for each change. What was written survives the end of the process,
 * however it ends.
 */
export class Journal {
  private readonly state = new Map<string, Things>();
  /** What is not written yet, so that a thing that changes many times in a moment is written once. */
  private pending = new Map<string, Line>();
  private isScheduled = false;
  private file: number;
  private bytes = 0;
  private compactAbove = COMPACT_ABOVE_BYTES;

  constructor(
    private readonly folder: string,
    private readonly tell: (note: string) => void = () => undefined,
  ) {
    this.load();
    this.file = this.compact();
  }

  /** Whether a collection was ever written to. */
  has(collection: string): boolean {
    return this.state.has(collection);
  }

  /** What a collection held when it was last written. */
  thingsOf(collection: string): ReadonlyMap<string, unknown> {
    return this.collection(collection);
  }

  /** Notes that a thing is as it is now, or that it is gone. */
  note(collection: string, key: string, thing?: unknown): void {
    if (thing === undefined) this.collection(collection).delete(key);
    else this.collection(collection).set(key, thing);
    this.pending.set(`${collection}\n${key}`, thing === undefined ? [collection, key] : [collection, key, thing]);
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.flush();
    });
  }

  /** Writes what is noted. */
  flush(): void {
    this.isScheduled = false;
    if (this.pending.size === 0) return;
    const lines = [...this.pending.values()].map((line) => `${writePlain(line)}\n`);
    this.pending = new Map();
    this.write(lines.join(''));
    if (this.bytes <= this.compactAbove) return;
    closeSync(this.file);
    this.file = this.compact();
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private collection(name: string): Things {
    let things = this.state.get(name);
    if (things === undefined) this.state.set(name, (things = new Map<string, unknown>()));
    return things;
  }

  private write(text: string): void {
    let rest = Buffer.from(text);
    this.bytes += rest.length;
    while (rest.length > 0) rest = rest.subarray(writeSync(this.file, rest));
  }

  private load(): void {
    const path = join(this.folder, FILE);
    if (!existsSync(path)) return;
    let number = 0;
    for (const text of wholeLinesOf(path)) {
      number += 1;
      const line = parse(text);
      if (line === undefined) {
        this.tell(`line ${number} of ${path} cannot be read: what it held is lost`);
        continue;
      }
      const [collection, key, thing] = line;
      if (thing === undefined) this.collection(collection).delete(key);
      else this.collection(collection).set(key, thing);
    }
  }

  /** Begins the journal anew with what there is; the old one is there until the new one is whole. */
  private compact(): number {
    const path = join(this.folder, FILE);
    this.file = openSync(`${path}.new`, 'w', 0o600);
    this.bytes = 0;
    for (const [collection, things] of this.state) {
      for (const [key, thing] of things) this.write(`${writePlain([collection, key, thing])}\n`);
    }
    renameSync(`${path}.new`, path);
    this.compactAbove = Math.max(COMPACT_ABOVE_BYTES, 2 * this.bytes);
    return this.file;
  }
}
