import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENT_CREDENTIALS } from '../../local/environment';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
let bundle: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'main-'));
  bundle = join(folder, 'main.js');
  await build({
    entryPoints: [join(root, 'local/main.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['dynalite'],
    logLevel: 'error',
  });
});
afterAll(() => rm(folder, { recursive: true }));

interface Ready {
  readonly type: string;
  readonly url: string;
  readonly directory: string;
  readonly environment: Record<string, string>;
}

const isReady = (message: unknown): message is Ready =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';

const start = async (...args: string[]): Promise<{ child: ChildProcess; ready: Ready }> => {
  const child = fork(bundle, args, { silent: true });
  const message: unknown = (await once(child, 'message'))[0];
  if (!isReady(message)) throw new Error(`not ready: ${JSON.stringify(message)}`);
  return { child, ready: message };
};

const ended = async (child: ChildProcess): Promise<unknown> => {
  const status: unknown = (await once(child, 'exit'))[0];
  return status;
};

describe('the endpoint as a process', () => {
  test('tells the program that forked it where it is', async () => {
    const { child, ready } = await start();
    expect(ready.environment).toMatchObject({ AWS_ENDPOINT_URL: ready.url, AWS_REGION: 'us-east-1' });
    expect(await fetch(ready.url)).toMatchObject({ status: 200 });
    const exit = ended(child);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 0],
    ['SIGHUP', 0],
  ] as const)('ends on %s with the status %d, and leaves nothing behind', async (signal, status) => {
    const { child, ready } = await start();
    expect(existsSync(ready.directory)).toBe(true);
    const exit = ended(child);
    child.kill(signal);
    expect(await exit).toBe(status);
    expect(existsSync(ready.directory)).toBe(false);
  });

  test('ends when the program that forked it is gone', async () => {
    const { child, ready } = await start();
    const exit = ended(child);
    child.disconnect();
    expect(await exit).toBe(0);
    expect(existsSync(ready.directory)).toBe(false);
  });

  test('goes on with the state of a process that was killed, on the same port', async () => {
    const directory = join(folder, 'state');
    const put = (url: string, value: string) =>
      new SSMClient({ endpoint: url, region: 'us-east-1', credentials: CLIENT_CREDENTIALS }).send(
        new PutParameterCommand({ Name: '/limit', Type: 'String', Overwrite: true, Value: value }),
      );
    const first = await start('--data-dir', directory);
    expect(first.ready.directory).toBe(directory);
    await put(first.ready.url, 'one');
    const killed = ended(first.child);
    first.child.kill('SIGKILL');
    await killed;
    const second = await start('--data-dir', directory);
    expect(second.ready.url).toBe(first.ready.url);
    expect(await put(second.ready.url, 'two')).toMatchObject({ Version: 2 });
    const stopped = ended(second.child);
    second.child.kill('SIGINT');
    await stopped;
    expect(existsSync(directory)).toBe(true);
  });

  test.each([
    [
      'names another process that has the number of a former one by now',
      JSON.stringify({ pid: process.ppid, port: 1 }),
    ],
    ['is not whole, as its writer was killed', '{"pid":'],
  ])('goes on when the note of who has the folder %s', async (_, note) => {
    const directory = await mkdtemp(join(folder, 'noted-'));
    await writeFile(join(directory, 'endpoint.json'), note);
    const { child } = await start('--data-dir', directory, '--port', '0');
    const stopped = ended(child);
    child.kill('SIGINT');
    await stopped;
  });

  test('refuses the folder of an endpoint that runs', async () => {
    const directory = join(folder, 'busy');
    const { child, ready } = await start('--data-dir', directory);
    const other = spawn(process.execPath, [bundle, '--data-dir', directory], { stdio: ['ignore', 'ignore', 'pipe'] });
    expect(await text(other.stderr)).toContain(
      `in use by the endpoint on port ${new URL(ready.url).port}, with the process id ${String(child.pid)}`,
    );
    const stopped = ended(child);
    child.kill('SIGINT');
    await stopped;
  });

  test('prints what to export when a person starts it', async () => {
    const child = spawn(process.execPath, [bundle], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    child.stdout.setEncoding('utf8');
    for await (const chunk of child.stdout) {
      printed += String(chunk);
      if (printed.includes('unset AWS_PROFILE')) child.kill('SIGINT');
    }
    expect(printed).toMatch(/listening on http:\/\/127\.0\.0\.1:\d+/);
    expect(printed).toMatch(/export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+/);
  });
});

describe('the command line', () => {
  const run = async (...args: string[]) => {
    const child = spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
    return { stdout, stderr, status };
  };

  test.each(['--help', '-h'])('explains itself with %s', async (option) => {
    const { stdout, status } = await run(option);
    expect(status).toBe(0);
    expect(stdout).toContain('--workdir IMAGE=DIR');
  });

  test.each([
    [['--prot', '1'], "Unknown option '--prot'"],
    [['extra'], "Unexpected argument 'extra'"],
    [['--port', '80a'], '--port must be a whole number from 0 to 65535, got "80a"'],
    [['--port', '65536'], '--port must be a whole number from 0 to 65535, got "65536"'],
    [['--workdir', 'image'], '--workdir must be IMAGE=DIR, got "image"'],
    [['--workdir', 'image=/no/such/folder'], '--workdir must name a folder that exists'],
    [['--data-dir', import.meta.filename], '--data-dir must name a folder, got the file'],
    [['--runner', 'vm'], '--runner must be process, docker, podman, got "vm"'],
    [['--runner', 'docker', '--workdir', 'image=.'], '--workdir is for --runner process: with docker, an image brings'],
    [['--seed', 'x'], '--seed must be a whole number, got "x"'],
    [['--faults', '/no/such/file'], '--faults "/no/such/file": ENOENT'],
  ])('refuses %j', async (args, message) => {
    const { stderr, status } = await run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('usage:');
  });

  test('fails on a port in use without a stack trace', async () => {
    const { child, ready } = await start();
    const { stderr, status } = await run('--port', new URL(ready.url).port);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('is in use');
    const exit = ended(child);
    child.kill('SIGTERM');
    await exit;
  });
});
