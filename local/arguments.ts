import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { EndpointOptions } from './endpoint';

/** What `--help` prints. */
export const USAGE = `usage: main.js [--port N] [--data-dir DIR] [--keep] [--workdir IMAGE=DIR]...

An AWS endpoint on 127.0.0.1 for the unmodified CDK CLI and AWS SDK clients.

  --port N            port to listen on (any free one)
  --data-dir DIR      where state lives, new or empty (a temporary folder)
  --keep              keep the state when the endpoint stops
  --workdir IMAGE=DIR host folder that stands in for the working directory of a container image
  --help              print this`;

/** What the command line asks for. */
export interface Arguments extends Pick<EndpointOptions, 'port' | 'directory' | 'keep' | 'workdirs'> {
  readonly help: boolean;
}

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
    throw new Error(`--data-dir must name a folder, new or empty, got the file ${JSON.stringify(text)}`);
  }
  return folder;
};

/** Reads the command line; throws for what it does not know. */
export const parseArguments = (args: readonly string[]): Arguments => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      'data-dir': { type: 'string' },
      keep: { type: 'boolean', default: false },
      workdir: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  const directory = values['data-dir'];
  return {
    help: values.help,
    keep: values.keep,
    port: values.port === undefined ? undefined : portOf(values.port),
    directory: directory === undefined ? undefined : directoryOf(directory),
    workdirs: Object.fromEntries(values.workdir.map(workdirOf)),
  };
};
