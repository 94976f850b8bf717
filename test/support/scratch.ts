import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for all temporary files of a run, such as the output of every app that a test synthesises. */
const scratch = mkdtempSync(join(tmpdir(), 'tests-'));

export function setup(): void {
  process.env.TMPDIR = scratch;
}

export function teardown(): void {
  rmSync(scratch, { recursive: true, force: true });
}
