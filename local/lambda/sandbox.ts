import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { endGroupWith, GROUP_LEADER, signalGroup } from '../core/process-group';
import { createLogStream, ProcessLog } from '../core/process-log';
import type { World } from '../core/world';
import { functionEnvironment } from './environment';
import type { LambdaFunction } from './function';
import { endOf, type FunctionFailure, type InvokeMessage } from './protocol';

/** What became of one event. */
export interface SandboxResult {
  /** JSON text. */
  readonly answer?: string;
  readonly failure?: FunctionFailure;
}

/** Time to load the code; it does not count as the function's. */
const INIT_MS = 10_000;

const logStreamName = (time: Date): string => {
  const day = time.toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
};

const isMessage = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The process of one function; it handles one event at a time. */
export class Sandbox {
  private readonly child: ChildProcess;
  private readonly log: ProcessLog;
  private readonly ready: Promise<unknown>;
  /** Resolves with how the process ended, once its output is read. */
  private readonly closed: Promise<string>;
  private ends = new Map<string, () => void>();
  private listener: (line: string) => void = () => undefined;
  private running = true;

  constructor(
    private readonly world: World,
    runtime: string,
    readonly fn: LambdaFunction,
  ) {
    const { configuration, code, name } = fn;
    const stream = logStreamName(world.clock.date());
    const principal = { arn: configuration.role };
    const place = { logGroupName: configuration.logGroup, logStreamName: stream, principal };
    // The group that Lambda makes by itself.
    const creator = configuration.logGroup === `/aws/lambda/${name}` ? principal : undefined;
    this.log = new ProcessLog(world, place, createLogStream(world, place, creator));
    this.log.line(
      `INIT_START Runtime Version: ${configuration.runtime}, run by node ${process.version} of this machine`,
    );
    this.child = fork(runtime, [], {
      cwd: code.directory,
      env: functionEnvironment(world, fn, stream),
      execArgv: [`--max-old-space-size=${configuration.memorySize}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      ...GROUP_LEADER,
    });
    endGroupWith(this.child);
    this.ready = new Promise((resolve) => this.child.once('message', resolve));
    this.closed = new Promise((resolve) => {
      this.child.once('error', (error) => {
        resolve(error.message);
      });
      this.child.once('close', (status, signal) => {
        resolve(signal === null ? `exit status ${status ?? 0}` : `signal: ${signal}`);
      });
    }).then((how) => {
      this.running = false;
      return String(how);
    });
    this.read(this.child.stdout);
    this.read(this.child.stderr);
  }

  /** False once the process has ended or was told to. */
  get alive(): boolean {
    return this.running;
  }

  /** Handles one event. `listener` gets the lines that it writes. */
  async invoke(message: Omit<InvokeMessage, 'deadline'>, listener: (line: string) => void): Promise<SandboxResult> {
    this.listener = listener;
    await Promise.race([this.ready, this.closed, new Promise((resolve) => setTimeout(resolve, INIT_MS).unref())]);
    const started = performance.now();
    this.write(`START RequestId: ${message.requestId} Version: $LATEST`);
    const result = await this.handle(message);
    const duration = (performance.now() - started).toFixed(2);
    this.write(`END RequestId: ${message.requestId}`);
    this.write(
      `REPORT RequestId: ${message.requestId}\tDuration: ${duration} ms\tMemory Size: ${this.fn.configuration.memorySize} MB`,
    );
    await this.log.flush();
    return result;
  }

  /** Ends the process and everything that it has started, at once. */
  async kill(): Promise<void> {
    this.running = false;
    signalGroup(this.child.pid, 'SIGKILL');
    await this.closed;
    await this.log.flush();
  }

  private async handle(message: Omit<InvokeMessage, 'deadline'>): Promise<SandboxResult> {
    const { requestId } = message;
    const milliseconds = this.fn.configuration.timeout * 1_000;
    let cancel = (): void => undefined;
    const late = new Promise<SandboxResult>((resolve) => {
      const timer = this.world.clock.after(milliseconds, () => {
        const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(milliseconds / 1_000).toFixed(2)} seconds`;
        this.write(errorMessage);
        resolve({ failure: { errorType: 'Sandbox.Timedout', errorMessage } });
        void this.kill();
      });
      cancel = () => {
        timer.cancel();
      };
    });
    const gone = this.closed.then((how): SandboxResult => {
      const errorMessage = `RequestId: ${requestId} Error: Runtime exited with error: ${how}`;
      return { failure: { errorType: 'Runtime.ExitError', errorMessage } };
    });
    if (this.isStruck('before')) await this.kill();
    const answered = this.answer({ ...message, deadline: Date.now() + milliseconds }).then(async (result) => {
      if (!this.isStruck('after')) return result;
      await this.kill();
      return gone;
    });
    try {
      return await Promise.race([answered, late, gone]);
    } finally {
      cancel();
    }
  }

  /** Whether somebody wants the process to be killed at this point of an invocation. */
  private isStruck(point: 'before' | 'after'): boolean {
    return this.world.faults.strike('kill', `lambda:${this.fn.name}:${point}`) !== undefined;
  }

  /** The answer of the process; both of its streams are read to the end of the invocation before. */
  private async answer(message: InvokeMessage): Promise<SandboxResult> {
    const end = endOf(message.requestId);
    let open = 2;
    const silent = new Promise<void>((resolve) => {
      this.ends.set(end, () => {
        open -= 1;
        if (open === 0) resolve();
      });
    });
    const result = new Promise<SandboxResult>((resolve) => {
      this.child.on('message', (reply: unknown) => {
        if (!isMessage(reply) || reply.requestId !== message.requestId) return;
        resolve(resultOf(reply));
      });
    });
    // A process that has just ended says so by its exit.
    this.child.send(message, () => undefined);
    const [outcome] = await Promise.all([result, silent]);
    this.ends.delete(end);
    this.child.removeAllListeners('message');
    return outcome;
  }

  private write(line: string): void {
    this.log.line(line);
    this.listener(line);
  }

  private read(stream: Readable | null): void {
    if (stream === null) return;
    this.log.read(stream, (line) => {
      const ended = this.ends.get(line);
      if (ended === undefined) this.write(line);
      else ended();
    });
  }
}

const isFailure = (value: unknown): value is FunctionFailure =>
  isMessage(value) && typeof value.errorType === 'string' && typeof value.errorMessage === 'string';

const resultOf = (reply: Readonly<Record<string, unknown>>): SandboxResult => {
  if (isFailure(reply.failure)) return { failure: reply.failure };
  return { answer: typeof reply.answer === 'string' ? reply.answer : 'null' };
};
