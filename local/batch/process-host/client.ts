import { type ChildProcess, fork } from 'node:child_process';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { signalGroup } from '../../core/process-group';
import type { HostProcess, StartProcess } from '../host-process';
import type { FromHost, StreamName, ToHost } from './protocol';

/** Output of a process that runs elsewhere: the next piece comes when the last one was taken. */
class RemoteOutput extends Readable {
  private isOwed = false;

  constructor(private readonly taken: () => void) {
    super();
  }

  override _read(): void {
    if (!this.isOwed) return;
    this.isOwed = false;
    this.taken();
  }

  pass(bytes: Uint8Array): void {
    this.isOwed = true;
    this.push(bytes);
  }

  end(): Promise<void> {
    this.push(null);
    return finished(this);
  }
}

interface Remote {
  readonly outputs: Readonly<Record<StreamName, RemoteOutput>>;
  readonly onStarted: () => void;
  readonly resolve: (exitCode: number) => void;
  readonly reject: (error: Error) => void;
  pid?: number;
}

/** Starts processes by a small process, which is made for the first one of them. */
export class ProcessHost {
  private child: ChildProcess | undefined;
  private last = 0;
  private readonly running = new Map<number, Remote>();

  /** `entry` is the bundle of `process-host/main.ts`. */
  constructor(private readonly entry: string) {}

  readonly start: StartProcess = ({ onStarted, ...options }): HostProcess => {
    const id = (this.last += 1);
    const outputOf = (stream: StreamName): RemoteOutput =>
      new RemoteOutput(() => {
        if (this.running.has(id)) this.tell({ type: 'taken', id, stream });
      });
    const outputs = { stdout: outputOf('stdout'), stderr: outputOf('stderr') };
    const ended = new Promise<number>((resolve, reject) => {
      this.running.set(id, { outputs, onStarted, resolve, reject });
    });
    this.tell({ type: 'start', id, ...options });
    return {
      ...outputs,
      ended,
      signal: (name) => {
        if (this.running.has(id)) this.tell({ type: 'signal', id, name });
      },
    };
  };

  /** Ends the process, and with it all that it has started. */
  close(): void {
    if (this.child?.connected === true) this.child.disconnect();
  }

  private tell(message: ToHost): void {
    this.child ??= this.open();
    this.child.send(message);
  }

  private open(): ChildProcess {
    const child = fork(this.entry, [], { serialization: 'advanced', stdio: 'inherit' });
    child.on('message', (message: FromHost) => {
      this.hear(message);
    });
    child.on('error', (error) => {
      this.lose(child, error);
    });
    child.once('exit', (code, signal) => {
      this.lose(
        child,
        new Error(`the process that starts the commands of jobs ended: ${signal ?? `status ${String(code)}`}`),
      );
    });
    return child;
  }

  private hear(message: FromHost): void {
    const remote = this.running.get(message.id);
    if (remote === undefined) return;
    if (message.type === 'started') {
      remote.pid = message.pid;
      remote.onStarted();
    } else if (message.type === 'output') remote.outputs[message.stream].pass(message.bytes);
    else void this.end(message, remote);
  }

  private async end(message: FromHost & { readonly type: 'ended' | 'failed' }, remote: Remote): Promise<void> {
    this.running.delete(message.id);
    await Promise.all(Object.values(remote.outputs).map((output) => output.end()));
    if (message.type === 'ended') remote.resolve(message.exitCode);
    else remote.reject(message.error);
  }

  /** What a host has started must not outlive it, however it ended. */
  private lose(child: ChildProcess, error: Error): void {
    if (this.child !== child) return;
    this.child = undefined;
    for (const [id, remote] of this.running) {
      signalGroup(remote.pid, 'SIGKILL');
      void this.end({ type: 'failed', id, error }, remote);
    }
  }
}
