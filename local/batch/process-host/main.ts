/**
 * Entry of the process that starts the commands of jobs. To start a process costs as much as the memory of whoever
 * does it: the endpoint's grows with each job that it remembers, that of this process does not.
 */
import type { Readable } from 'node:stream';
import { type HostProcess, startHostProcess } from '../host-process';
import type { FromHost, StreamName, ToHost } from './protocol';

const running = new Map<number, HostProcess>();
const paused = new Map<string, Readable>();

const tell = (message: FromHost): void => {
  // Nobody is left to hear it when this fails.
  process.send?.(message, () => undefined);
};

const errorOf = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** Passes output on a piece at a time, so that whoever writes faster than it is read has to wait. */
const relay = (id: number, stream: StreamName, source: Readable): void => {
  source.on('data', (bytes: Buffer) => {
    source.pause();
    paused.set(`${id} ${stream}`, source);
    tell({ type: 'output', id, stream, bytes });
  });
  source.once('close', () => paused.delete(`${id} ${stream}`));
};

const start = ({ id, ...options }: ToHost & { readonly type: 'start' }): void => {
  const child = startHostProcess({
    ...options,
    onStarted: (pid) => {
      tell({ type: 'started', id, pid });
    },
  });
  relay(id, 'stdout', child.stdout);
  relay(id, 'stderr', child.stderr);
  running.set(id, child);
  child.ended
    .then(
      (exitCode) => {
        tell({ type: 'ended', id, exitCode });
      },
      (error: unknown) => {
        tell({ type: 'failed', id, error: errorOf(error) });
      },
    )
    .finally(() => running.delete(id));
};

const hear = (message: ToHost): void => {
  if (message.type === 'start') start(message);
  else if (message.type === 'signal') running.get(message.id)?.signal(message.name);
  else paused.get(`${message.id} ${message.stream}`)?.resume();
};

process.on('message', hear);
process.on('disconnect', () => {
  for (const child of running.values()) child.signal('SIGKILL');
  process.exit();
});
// A terminal interrupts all processes of a group; the endpoint says when this one ends.
process.on('SIGINT', () => undefined);
