import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { endGroupWith, GROUP_LEADER, signalGroup } from '../core/process-group';

export interface HostProcessOptions {
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onStarted: (pid?: number) => void;
}

export interface HostProcess {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The exit code as a container has it; rejects when the command cannot be started. */
  readonly ended: Promise<number>;
  /** Signals the process and everything that it has started. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

/** Starts the command of a container. */
export type StartProcess = (options: HostProcessOptions) => HostProcess;

/** In the words of a container's runtime, for it is what users look for. */
const startError = (file: string, error: NodeJS.ErrnoException): Error => {
  if (error.code !== 'ENOENT') return error;
  const what = file.includes('/') ? `stat ${file}: no such file or directory` : 'executable file not found in $PATH';
  return new Error(`exec: "${file}": ${what} (of this machine: --runner process uses no image)`, { cause: error });
};

/** Starts a command without a shell, as the leader of a process group. */
export const startHostProcess: StartProcess = (options) => {
  const [file = '', ...args] = options.command;
  const child = spawn(file, args, {
    cwd: options.folder,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...GROUP_LEADER,
  });
  endGroupWith(child);
  const ended = new Promise<number>((resolve, reject) => {
    child.once('spawn', () => {
      options.onStarted(child.pid);
    });
    child.once('error', (error) => {
      reject(startError(file, error));
    });
    child.once('close', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    signal: (name) => {
      signalGroup(child.pid, name);
    },
  };
};
