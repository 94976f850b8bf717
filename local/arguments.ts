import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readFaults } from './control';
import type { Fault } from './core/faults';
import type { Runner } from './core/world';
import type { EndpointOptions } from './endpoint';

/** What `--help` prints. */
export const USAGE = `usage: npm run local -- [--port N] [--data-dir DIR] [--runner NAME] [--workdir IMAGE=DIR]... [--iam off] [--trace]
                        [--faults FILE] [--seed N]

An AWS endpoint on 127.0.0.1 for the unmodified CDK CLI and AWS SDK clients.

  --port N            port to listen on (any free one)
  --data-dir DIR      where the state is kept, and goes on at the next start (a temporary folder that is removed)
  --runner NAME       what runs the commands of jobs: process, docker or podman (process)
  --workdir IMAGE=DIR host folder that stands in for the working directory of a container image
  --iam off           let every call through (calls of roles are judged by their policies)
  --trace             print a line for each call: who, what, on what, allowed or not, how long
  --faults FILE       what goes wrong on purpose: [{"kind": "throttle", "at": "batch:SubmitJob", "probability": 0.1}]
  --seed N            a number that decides which calls faults strike (0)
  -h, --help          print this`;

/** What the command line asks for. */
export interface Arguments extends Pick<
  EndpointOptions,
  'port' | 'directory' | 'runner' | 'iam' | 'workdirs' | 'faults' | 'seed'
> {
  readonly help: boolean;
  readonly isTraced: boolean;
}

const RUNNERS = ['process', 'docker', 'podman'] as const;

const portOf = (text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new Error(`--port must be a whole number from 0 to 65535, got ${JSON.stringify(text)}`);
  }
  return port;
};

const workdirOf = (text: string): readonly [string, string] => {
  const split = text.indexOf('=');
  const image = text.slice(0, Math.max(0, split));
  const folder = resolve(text.slice(split + 1));
  if (image === '' || split === text.length - 1) {
    throw new Error(`--workdir must be IMAGE=DIR, got ${JSON.stringify(text)}`);
  }
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(`--workdir must name a folder that exists, got ${JSON.stringify(text)}`);
  }
  return [image, folder];
};

const directoryOf = (text: string): string => {
  const folder = resolve(text);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new Error(`--data-dir must name a folder, got the file ${JSON.stringify(text)}`);
  }
  return folder;
};

const runnerOf = (text: string): Runner => {
  const runner = RUNNERS.find((known) => known === text);
  if (runner === undefined) throw new Error(`--runner must be ${RUNNERS.join(', ')}, got ${JSON.stringify(text)}`);
  return runner;
};

const iamOf = (text: string): 'enforced' | 'off' => {
  if (text === 'enforced' || text === 'off') return text;
  throw new Error(`--iam must be enforced or off, got ${JSON.stringify(text)}`);
};

const faultsOf = (file: string): readonly Fault[] => {
  try {
    return readFaults(readFileSync(file, 'utf8'));
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`--faults ${JSON.stringify(file)}: ${cause}`, { cause: error });
  }
};

const seedOf = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new Error(`--seed must be a whole number, got ${JSON.stringify(text)}`);
  return Number(text);
};

/** Reads the command line; throws for what it does not know. */
export const parseArguments = (args: readonly string[]): Arguments => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      'data-dir': { type: 'string' },
      runner: { type: 'string', default: 'process' },
      workdir: { type: 'string', multiple: true, default: [] },
      iam: { type: 'string', default: 'enforced' },
      trace: { type: 'boolean', default: false },
      faults: { type: 'string' },
      seed: { type: 'string', default: '0' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const directory = values['data-dir'];
  const runner = runnerOf(values.runner);
  if (runner !== 'process' && values.workdir.length > 0) {
    throw new Error(`--workdir is for --runner process: with ${runner}, an image brings its own`);
  }
  return {
    help: values.help,
    isTraced: values.trace,
    runner,
    iam: iamOf(values.iam),
    faults: values.faults === undefined ? [] : faultsOf(values.faults),
    seed: seedOf(values.seed),
    port: values.port === undefined ? undefined : portOf(values.port),
    directory: directory === undefined ? undefined : directoryOf(directory),
    workdirs: Object.fromEntries(values.workdir.map(workdirOf)),
  };
};
