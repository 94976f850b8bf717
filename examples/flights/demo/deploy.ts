import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from './paths';
import { Progress } from './progress';

/** Outputs of the stack `Flights`. */
export interface Outputs {
  readonly Bucket: string;
  readonly StateMachine: string;
  readonly Results: string;
  readonly Topic: string;
}

const PROGRESS_LINE = /\|\s*(\d+)\/(\d+)\s*\|/;
const LINES_SHOWN_ON_FAILURE = 40;

/** Runs the unmodified CDK CLI on the example app; resolves to the outputs of its stack. */
export async function deploy(environment: NodeJS.ProcessEnv, scratch: string, signal: AbortSignal): Promise<Outputs> {
  const outputsFile = join(scratch, 'outputs.json');
  const progress = new Progress('resources');
  const lines: string[] = [];
  const code = await runCli(
    [
      ...['deploy', 'Flights', '--app', `${process.execPath} ${PATHS.app}`],
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
  if (!hasOutputs(outputs)) throw new Error(`the stack Flights lacks outputs, got ${JSON.stringify(outputs)}`);
  return outputs.Flights;
}

const isOutputs = (value: unknown): value is Outputs =>
  typeof value === 'object' &&
  value !== null &&
  ['Bucket', 'StateMachine', 'Results', 'Topic'].every((name) => name in value);

const hasOutputs = (value: unknown): value is { readonly Flights: Outputs } =>
  typeof value === 'object' && value !== null && 'Flights' in value && isOutputs(value.Flights);

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
