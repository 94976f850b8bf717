import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const bundles = new Map<string, string>();

/** A program of `local/` that runs as a process of its own, built from the sources once. */
export const bundleOf = (entry: string): string => {
  const built = bundles.get(entry);
  if (built !== undefined) return built;
  const directory = mkdtempSync(join(tmpdir(), 'local-bundle-'));
  process.once('exit', () => {
    rmSync(directory, { recursive: true, force: true });
  });
  const outfile = join(directory, 'bundle.js');
  const source = resolve(import.meta.dirname, '../../local', entry);
  buildSync({ entryPoints: [source], outfile, bundle: true, platform: 'node', target: 'node20', logLevel: 'error' });
  bundles.set(entry, outfile);
  return outfile;
};

/** The runtime of functions; for the option `lambdaRuntime` of an endpoint. */
export const runtimeBundle = (): string => bundleOf('lambda/runtime.ts');

/** What starts the commands of jobs; for the option `processHost` of an endpoint. */
export const processHostBundle = (): string => bundleOf('batch/process-host/main.ts');
