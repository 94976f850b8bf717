import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';

export interface HostProcessOptions {
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Gets standard output and standard error. */
  readonly read: (stream: Readable) => void;
  readonly onStarted: () => void;
}

export interface HostProcess {
  /** The exit code as a container has it; rejects when the command cannot be started. */
  readonly ended: Promise<number>;
  /** Signals the process and everything that it has started. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

/** How long output is awaited from a process that outlived its parent in a session of its own. */
const STRAY_OUTPUT_MS = 1000;

const signalGroup = (pid: number | undefined, name: 'SIGTERM' | 'SIGKILL'): void => {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-pid, name);
  } catch {
    // The group has ended.
  }
};

/** Starts a command without a shell, as the leader of a process group. */
export const startHostProcess = (options: HostProcessOptions): HostProcess => {
  const [file = '', ...args] = options.command;
  const child = spawn(file, args, {
    cwd: options.folder,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  options.read(child.stdout);
  options.read(child.stderr);

  const ended = new Promise<number>((resolve, reject) => {
    let stray: NodeJS.Timeout | undefined;
    child.once('spawn', options.onStarted);
    child.once('error', reject);
    child.once('exit', () => {
      // A container ends with its first process.
      signalGroup(child.pid, 'SIGKILL');
      stray = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, STRAY_OUTPUT_MS);
    });
    child.once('close', (code, signal) => {
      clearTimeout(stray);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
  return {
    ended,
    signal: (name) => {
      signalGroup(child.pid, name);
    },
  };
};
