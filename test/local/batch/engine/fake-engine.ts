/**
 * Speaks as much of the command line of a container engine as jobs need. It runs commands as processes of this machine,
 * images it has by their names: `here/...`. Calls are lines of the file `calls` in FAKE_ENGINE.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

const FLAGS = ['--init', '--privileged', '--read-only'];
const folder = process.env.FAKE_ENGINE ?? '';
const [command = '', ...args] = process.argv.slice(2);
const name = args.at(-1) ?? '';
const fileOf = (container: string, kind: string): string => join(folder, `${container}.${kind}`);
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const fail = (text: string): never => {
  process.stderr.write(`downloading\nError response from daemon: ${text}\nError: failed to do it\n`);
  process.exit(1);
};

interface Made {
  readonly container: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

/** What the arguments of `create` ask for. */
const parse = (given: readonly string[]): Made => {
  const environment: Record<string, string> = {};
  let container = '';
  let at = 0;
  for (; given[at] !== '--'; at += FLAGS.includes(given[at]) ? 1 : 2) {
    const value = given[at + 1];
    if (given[at] === '--name') container = value;
    if (given[at] === '--env') environment[value.slice(0, value.indexOf('='))] = value.slice(value.indexOf('=') + 1);
  }
  return { container, image: given[at + 1], environment, words: given.slice(at + 2) };
};

const read = (container: string): Made => parse(readFileSync(fileOf(container, 'made'), 'utf8').split('\0'));

const create = (): void => {
  if (args.includes('/refused:/data')) fail('invalid mount');
  // A variable without a value is one of the environment of this process.
  const made = args.map((value, at) =>
    args[at - 1] === '--env' && !value.includes('=') ? `${value}=${process.env[value] ?? ''}` : value,
  );
  writeFileSync(fileOf(parse(args).container, 'made'), made.join('\0'));
};

/** The container runs while its output is followed. */
const follow = (): void => {
  const { environment, words } = read(name);
  const [file, ...rest] = words;
  const child = spawn(file, rest, { env: { PATH: process.env.PATH, ...environment }, stdio: 'inherit' });
  writeFileSync(fileOf(name, 'pid'), String(child.pid));
  child.once('exit', (code, signal) => {
    writeFileSync(fileOf(name, 'exit'), String(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
};

const kill = (): void => {
  const [, signal] = args;
  if (!existsSync(fileOf(name, 'pid'))) fail('container is not running');
  process.kill(Number(readFileSync(fileOf(name, 'pid'), 'utf8')), signal === 'SIGKILL' ? 'SIGKILL' : 'SIGTERM');
};

appendFileSync(join(folder, 'calls'), `${[command, ...args].join(' ')}\n`);
if (command === 'ps') {
  if (existsSync(join(folder, 'down'))) fail('Is the docker daemon running?');
  if (existsSync(join(folder, 'left'))) say('left-1\nleft-2');
} else if (command === 'volume' && args[0] === 'ls') {
  if (existsSync(join(folder, 'left'))) say('left-volume');
} else if (command === 'image') {
  if (!name.startsWith('here/')) fail(`no such image ${name}`);
} else if (command === 'pull') {
  if (name === 'slow/image') setTimeout(() => undefined, 600_000);
  else fail(`pull access denied for ${name}`);
} else if (command === 'create') create();
else if (command === 'start') {
  if (read(name).words[0] === 'no-such-program') fail('exec: "no-such-program": executable file not found');
} else if (command === 'logs') follow();
else if (command === 'wait') say(readFileSync(fileOf(name, 'exit'), 'utf8'));
else if (command === 'kill') kill();
else if (command === 'inspect') say(String(read(name).image === 'here/greedy'));
