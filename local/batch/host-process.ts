import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { endGroupWith, GROUP_LEADER, signalGroup } from '../core/process-group';

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

/** Starts a command without a shell, as the leader of a process group. */
export const startHostProcess = (options: HostProcessOptions): HostProcess => {
  const [file = '', ...args] = options.command;
  const child = spawn(file, args, {
    cwd: options.folder,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...GROUP_LEADER,
  });
  endGroupWith(child);
  options.read(child.stdout);
  options.read(child.stderr);

  const ended = new Promise<number>((resolve, reject) => {
    child.once('spawn', options.onStarted);
    child.once('error', reject);
    child.once('close', (code, signal) => {
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
