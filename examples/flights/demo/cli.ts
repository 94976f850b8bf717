import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from './paths';
import { Progress } from './progress';

const PROGRESS_LINE = /\|\s*(\d+)\/(\d+)\s*\|/;
const LINES_SHOWN_ON_FAILURE = 40;

/** An app that is deployed, and where the CDK CLI may put what it writes. */
export interface Deployment {
  /** File of the compiled app. */
  readonly app: string;
  readonly stack: string;
  readonly scratch: string;
}

/** Runs `cdk deploy` of the unmodified CLI; resolves to the outputs of the stack. */
export async function deployStack(
  { app, stack, scratch }: Deployment,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const outputsFile = join(scratch, 'outputs.json');
  const progress = new Progress('resources');
  const lines: string[] = [];
  const code = await runCli(
    [
      ...['deploy', stack, '--app', `node "${app}"`],
      ...['--output', join(scratch, 'cdk.out'), '--outputs-file', outputsFile],
      ...['--require-approval', 'never', '--progress', 'events', '--ci'],
    ],
    environment,
    signal,
    (line) => {
      lines.push(line);
      const counted = PROGRESS_LINE.exec(line);
      if (counted !== null) progress.update(Number(counted[1]), Number(counted[2]));
    },
  );
  progress.end();
  if (code !== 0) {
    throw new Error(`cdk deploy ended with status ${code}:\n${lines.slice(-LINES_SHOWN_ON_FAILURE).join('\n')}`);
  }
  const outputs: unknown = JSON.parse(readFileSync(outputsFile, 'utf8'));
  const ofStack = isRecord(outputs) ? outputs[stack] : undefined;
  if (!isRecord(ofStack)) throw new Error(`the stack ${stack} has no outputs, got ${JSON.stringify(outputs)}`);
  return ofStack;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Runs the CDK CLI and hands over what it prints, line by line; resolves to its exit status. */
export function runCli(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<number> {
  return new Promise((done, failed) => {
    // cdk.json has the CLI build for a person; here all is built already.
    const child = spawn(process.execPath, [PATHS.cli, ...args, '--build', ''], {
      env: environment,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        const parts = (rest + chunk).split('\n');
        rest = parts.pop() ?? '';
        parts.forEach(onLine);
      });
    }
    child.once('error', failed);
    child.once('close', (code) => {
      done(code ?? 1);
    });
  });
}
