import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { clientEnvironment } from '../../../local/environment';

/** How a run of the command line ended. */
export interface CliRun {
  readonly status: number | null;
  readonly output: string;
}

/** The unmodified CDK CLI in a home directory of its own. */
export interface Cli {
  /** Synthesises one stack and runs a command on it. */
  run(command: readonly string[], define: (app: App) => Stack): Promise<CliRun>;
  remove(): void;
}

const executable = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');

export const createCli = (url: string): Cli => {
  const home = mkdtempSync(join(tmpdir(), 'cdk-cli-'));
  const env = { ...clientEnvironment(url, process.env), HOME: home, NO_COLOR: '1', CI: 'true' };
  let runs = 0;
  return {
    run: (command, define) => {
      runs += 1;
      const outdir = join(home, `cdk.out-${runs}`);
      const app = new App({ outdir });
      define(app);
      app.synth();
      return new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [executable, ...command, '--app', outdir], { env, cwd: home });
        let output = '';
        child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
        child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
        child.on('error', reject);
        child.on('close', (status) => {
          resolve({ status, output });
        });
      });
    },
    remove: () => {
      rmSync(home, { recursive: true, force: true });
    },
  };
};
