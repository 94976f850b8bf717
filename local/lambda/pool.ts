import { existsSync } from 'node:fs';
import { AwsError } from '../core/errors';
import type { World } from '../core/world';
import type { LambdaFunction } from './function';
import { Sandbox } from './sandbox';

/** Most processes of one function, unless it reserves fewer. Further invocations wait: AWS has machines to spare. */
const MAX_PROCESSES = 10;
const IDLE_MS = 30_000;

interface Idle {
  readonly sandbox: Sandbox;
  readonly timer: NodeJS.Timeout;
}

/** Throttled, as a caller sees it. */
const throttled = (): AwsError =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
    ...{ Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' },
  });

const stopping = (): AwsError => new AwsError('ServiceException', 'the endpoint stops', 500);

/** The processes of one function. */
class FunctionPool {
  private idle: Idle[] = [];
  private readonly busy = new Set<Sandbox>();
  private readonly waiting: (() => void)[] = [];
  private open = true;

  constructor(
    private readonly world: World,
    private readonly runtime: string,
    /** The revision whose processes are kept; absent when the function is gone. */
    private revision: string | undefined,
  ) {}

  async run<T>(fn: LambdaFunction, wait: boolean, work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
    const reserved = fn.reservedConcurrency ?? Number.POSITIVE_INFINITY;
    if (reserved === 0 || (!wait && this.busy.size + this.waiting.length >= reserved)) throw throttled();
    while (this.busy.size >= Math.min(reserved, MAX_PROCESSES)) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    if (!this.open) throw stopping();
    const sandbox = this.take(fn);
    this.busy.add(sandbox);
    try {
      return await work(sandbox);
    } finally {
      this.busy.delete(sandbox);
      this.keep(sandbox);
      this.waiting.shift()?.();
    }
  }

  /** Ends processes that run former code or a former configuration. */
  retire(revision: string | undefined): void {
    const kept: Idle[] = [];
    for (const entry of this.idle) {
      if (entry.sandbox.fn.revisionId === revision) kept.push(entry);
      else this.end(entry);
    }
    this.idle = kept;
    this.revision = revision;
  }

  async close(): Promise<void> {
    this.open = false;
    const all = [...this.busy, ...this.idle.map(({ sandbox }) => sandbox)];
    for (const { timer } of this.idle) clearTimeout(timer);
    this.idle = [];
    await Promise.all(all.map((sandbox) => sandbox.kill()));
  }

  private take(fn: LambdaFunction): Sandbox {
    for (let entry = this.idle.pop(); entry !== undefined; entry = this.idle.pop()) {
      clearTimeout(entry.timer);
      if (entry.sandbox.alive) return entry.sandbox;
    }
    return new Sandbox(this.world, this.runtime, fn);
  }

  private keep(sandbox: Sandbox): void {
    if (!sandbox.alive) return;
    if (sandbox.fn.revisionId !== this.revision) {
      void sandbox.kill();
      return;
    }
    const timer = setTimeout(() => {
      this.idle = this.idle.filter((entry) => entry.sandbox !== sandbox);
      void sandbox.kill();
    }, IDLE_MS);
    this.idle.push({ sandbox, timer });
  }

  private end({ sandbox, timer }: Idle): void {
    clearTimeout(timer);
    void sandbox.kill();
  }
}

/** The processes of all functions. */
export class Pool {
  private readonly pools = new Map<string, FunctionPool>();
  private open = true;

  constructor(
    private readonly world: World,
    private readonly runtime: string,
  ) {}

  /** Runs the work in a process of the function; `wait` for one when the function has reserved fewer. */
  async run<T>(fn: LambdaFunction, wait: boolean, work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
    if (!this.open) throw stopping();
    if (!existsSync(this.runtime)) {
      const message = `cannot run functions: ${this.runtime} does not exist; build it (npm run build:local) or name it (lambdaRuntime)`;
      throw new AwsError('ServiceException', message, 500);
    }
    let pool = this.pools.get(fn.name);
    if (pool === undefined) {
      pool = new FunctionPool(this.world, this.runtime, fn.revisionId);
      this.pools.set(fn.name, pool);
    }
    return pool.run(fn, wait, work);
  }

  /** A function has changed, or is gone. */
  retire(name: string, current?: LambdaFunction): void {
    this.pools.get(name)?.retire(current?.revisionId);
  }

  async close(): Promise<void> {
    this.open = false;
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
  }
}
