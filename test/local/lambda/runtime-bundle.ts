import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

let bundle: string | undefined;

/** The runtime of functions, built from the sources once; for the option `lambdaRuntime` of an endpoint. */
export const runtimeBundle = (): string => {
  if (bundle !== undefined) return bundle;
  const directory = mkdtempSync(join(tmpdir(), 'lambda-runtime-'));
  process.once('exit', () => {
    rmSync(directory, { recursive: true, force: true });
  });
  const outfile = join(directory, 'runtime.js');
  const entry = resolve(import.meta.dirname, '../../../local/lambda/runtime.ts');
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', target: 'node20', logLevel: 'error' });
  return (bundle = outfile);
};
