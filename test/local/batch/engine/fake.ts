import { buildSync } from 'esbuild';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/** A container engine that is not there: its command line is found before any other one. */
export interface FakeEngine {
  /** What it was called with, in order. */
  calls(): readonly string[];
  /** Makes it answer differently: `down`, or `left` for containers of before. */
  set(state: 'down' | 'left'): void;
  remove(): void;
}

export const installFakeEngine = (name: 'docker' | 'podman'): FakeEngine => {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const outfile = join(folder, name);
  const entryPoints = [resolve(import.meta.dirname, 'fake-engine.ts')];
  const banner = { js: `#!${process.execPath}` };
  buildSync({ entryPoints, outfile, banner, bundle: true, platform: 'node', target: 'node20', logLevel: 'error' });
  chmodSync(outfile, 0o755);
  const { PATH = '' } = process.env;
  process.env.PATH = `${folder}${delimiter}${PATH}`;
  process.env.FAKE_ENGINE = folder;
  return {
    calls: () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n'),
    set: (state) => {
      writeFileSync(join(folder, state), '');
    },
    remove: () => {
      process.env.PATH = PATH;
      delete process.env.FAKE_ENGINE;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
