import { execFile, spawn } from 'node:child_process';
import type { PassThrough } from 'node:stream';

/** The command line of a container engine. */
export type EngineName = 'docker' | 'podman';

/** The line that says what went wrong: engines write progress before it, and less of it after it. */
const causeOf = (stderr: string): string | undefined => {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => line.startsWith('Error')) ?? lines.at(-1);
};

export interface CliOptions {
  readonly signal?: AbortSignal;
  /** On top of the environment of the endpoint. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a command of an engine to its end; answers with its output, rejects with what it complained about. */
export const runCli = (
  engine: EngineName,
  args: readonly string[],
  { signal, environment }: CliOptions = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment };
    execFile(engine, args, { signal, env, windowsHide: true }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.trim());
      else reject(error.code === 'ENOENT' ? error : new Error(causeOf(stderr) ?? error.message, { cause: error }));
    });
  });

/** Copies what a container writes until it has ended. */
export const followOutput = (
  engine: EngineName,
  container: string,
  { stdout, stderr }: { readonly stdout: PassThrough; readonly stderr: PassThrough },
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(engine, ['logs', '--follow', container], {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    child.stdout.pipe(stdout);
    child.stderr.pipe(stderr);
    child.once('error', reject);
    child.once('close', () => {
      resolve();
    });
  });
