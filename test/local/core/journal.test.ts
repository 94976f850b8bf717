import fs, { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Collection } from '../../../local/core/collection';
import { Journal } from '../../../local/core/journal';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  file = join(folder, 'state.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const open = () => {
  const journal = new Journal(folder);
  const queues = new Collection('sqs/queues', new Map<string, { size: number }>(), journal);
  return { journal, queues };
};

const reread = (): Record<string, unknown> => Object.fromEntries(new Journal(folder).thingsOf('sqs/queues'));

describe('a journal', () => {
  test('holds what was set, and not what was deleted', () => {
    const { journal, queues } = open();
    queues.set('a', { size: 1 });
    queues.set('b', { size: 2 });
    queues.delete('a');
    queues.set('b', { size: 3 });
    journal.close();
    expect(reread()).toEqual({ b: { size: 3 } });
  });

  test('writes a thing that changes many times in a moment once, as it is then', () => {
    const { journal, queues } = open();
    const queue = { size: 0 };
    for (; queue.size < 100; queue.size += 1) queues.set('a', queue);
    journal.flush();
    expect(readFileSync(file, 'utf8')).toBe('["sqs/queues","a",{"size":100}]\n');
  });

  test('writes by itself', async () => {
    open().queues.set('a', { size: 1 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(reread()).toEqual({ a: { size: 1 } });
  });

  test('passes over the line that a killed process did not finish', () => {
    const { journal, queues } = open();
    queues.set('a', { size: 1 });
    journal.close();
    appendFileSync(file, '["sqs/queues","b",{"si');
    expect(reread()).toEqual({ a: { size: 1 } });
    expect(readFileSync(file, 'utf8')).toBe('["sqs/queues","a",{"size":1}]\n');
  });

  test('says which lines it cannot read, and holds the others', () => {
    const notes: string[] = [];
    writeFileSync(file, '["sqs/queues","a",{"size":1}]\n["sqs/queues","b",{"si\n["sqs/queues","c",{"size":3}]\n');
    const journal = new Journal(folder, (note) => notes.push(note));
    expect([...journal.thingsOf('sqs/queues').keys()]).toEqual(['a', 'c']);
    expect(notes).toEqual([`line 2 of ${file} cannot be read: what it held is lost`]);
  });

  test('reads a line that is longer than what it reads at once, with any letters', () => {
    const { journal, queues } = open();
    const text = 'ä€😀'.repeat(1_000_000);
    journal.note('sqs/queues', 'long', text);
    queues.set('a', { size: 1 });
    journal.close();
    expect(reread()).toEqual({ long: text, a: { size: 1 } });
  });

  test('writes what the disk takes only in pieces', () => {
    const { journal, queues } = open();
    const write = vi.spyOn(fs, 'writeSync');
    write.mockImplementationOnce((handle, data) => {
      write.mockRestore();
      syncBuiltinESMExports();
      return fs.writeSync(handle, Buffer.from(data).subarray(0, 7));
    });
    syncBuiltinESMExports();
    queues.set('a', { size: 1 });
    journal.close();
    expect(fs.writeSync).not.toBe(write);
    expect(reread()).toEqual({ a: { size: 1 } });
  });

  test('begins anew with what there is when it is opened', () => {
    const { journal, queues } = open();
    for (let size = 0; size < 10; size += 1) {
      queues.set('a', { size });
      journal.flush();
    }
    journal.close();
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(11);
    reread();
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
  });

  test('begins anew while it runs, when it has grown', () => {
    const { journal, queues } = open();
    const megabyte = 'x'.repeat(1024 * 1024);
    for (let size = 0; size < 70; size += 1) {
      journal.note('big', 'one', `${size}${megabyte}`);
      journal.flush();
    }
    queues.set('a', { size: 1 });
    journal.close();
    expect(readFileSync(file).length).toBeLessThan(8 * 1024 * 1024);
    expect(reread()).toEqual({ a: { size: 1 } });
  });
});
