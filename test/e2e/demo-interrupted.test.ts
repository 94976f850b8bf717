import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PATHS } from '../../examples/flights/demo/paths';
import { processesWith } from './support/processes';

const scratch = mkdtempSync(join(tmpdir(), 'interrupted-'));

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

test('Ctrl-C in the middle of the array job stops every process and removes every file', async () => {
  const demo = spawn(process.execPath, [PATHS.demo], {
    env: { ...process.env, TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const ended = new Promise<number | null>((done) => demo.once('exit', done));
  const running = new Promise<void>((done) => {
    demo.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (/children \d+\/200/.test(output)) done();
    });
  });
  await Promise.race([running, ended]);
  expect(processesWith(scratch)).not.toEqual([]);

  demo.kill('SIGINT');

  expect(await ended, output).toBe(130);
  expect(readdirSync(scratch)).toEqual([]);
  expect(processesWith(scratch)).toEqual([]);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.at(0) ?? '';
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});
