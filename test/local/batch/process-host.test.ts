import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HostProcess } from '../../../local/batch/host-process';
import { ProcessHost } from '../../../local/batch/process-host/client';
import { processHostBundle } from '../bundle';
import { untilEnded } from '../support';

let host: ProcessHost;
beforeEach(() => {
  host = new ProcessHost(processHostBundle());
});
afterEach(() => {
  host.close();
});

const start = (script: string, onStarted: () => void = () => undefined): HostProcess =>
  host.start({
    command: [process.execPath, '-e', script],
    folder: tmpdir(),
    environment: { GREETING: 'hello' },
    onStarted,
  });

const startCommand = (command: readonly string[]): HostProcess =>
  host.start({ command, folder: tmpdir(), environment: {}, onStarted: () => undefined });

const end = async (process: HostProcess) => {
  const [stdout, stderr, exitCode] = await Promise.all([text(process.stdout), text(process.stderr), process.ended]);
  return { stdout, stderr, exitCode };
};

describe('a process started by the process host', () => {
  test('has its folder and environment, and gives its output and exit code', async () => {
    let started = 0;
    const script =
      'console.log(process.env.GREETING, require("node:fs").realpathSync(process.cwd())); console.error("bad"); process.exit(3)';
    const result = await end(
      start(script, () => {
        started += 1;
      }),
    );
    expect(result).toMatchObject({ stderr: 'bad\n', exitCode: 3 });
    expect(result.stdout).toMatch(/^hello \S/);
    expect(started).toBe(1);
  });

  test('loses nothing of much output, however late it is read', async () => {
    const running = start('for (let line = 0; line < 100000; line += 1) console.log(String(line).padStart(9, "0"))');
    await sleep(100);
    const lines = (await end(running)).stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(100_000);
    expect(lines.every((line, index) => Number(line) === index)).toBe(true);
  });

  test('is ended by a signal, with what it has started', async () => {
    const script = 'console.log(require("node:child_process").spawn("sleep", ["60"]).pid); setTimeout(() => {}, 60000)';
    const running = start(script);
    running.stdout.once('data', () => {
      running.signal('SIGTERM');
    });
    const { stdout, exitCode } = await end(running);
    expect(exitCode).toBe(143);
    await untilEnded(Number(stdout));
  });

  test('fails when its command does not exist', async () => {
    await expect(end(startCommand(['no-such-command']))).rejects.toThrow(
      'exec: "no-such-command": executable file not found in $PATH',
    );
  });

  test('ends with its host', async () => {
    const running = start('console.log(process.pid); setTimeout(() => {}, 60000)');
    const output = text(running.stdout);
    running.stdout.once('data', () => {
      host.close();
    });
    running.stderr.resume();
    await expect(running.ended).rejects.toThrow('the process that starts the commands of jobs ended');
    await untilEnded(Number(await output));
  });

  test('does not outlive a host that was killed', async () => {
    const running = start(
      'console.log(process.pid); setTimeout(() => process.kill(process.ppid, "SIGKILL"), 50); setTimeout(() => {}, 60000)',
    );
    const output = text(running.stdout);
    running.stderr.resume();
    await expect(running.ended).rejects.toThrow('ended: SIGKILL');
    await untilEnded(Number(await output));
  });

  test('fails when its host is killed; the next one gets a new host', async () => {
    const running = start('process.kill(process.ppid, "SIGKILL"); process.exit()');
    await expect(end(running)).rejects.toThrow('the process that starts the commands of jobs ended: SIGKILL');
    expect(await end(startCommand(['true']))).toMatchObject({ exitCode: 0 });
  });
});
