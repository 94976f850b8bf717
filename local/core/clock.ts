/** Something that will happen at a time of the clock. */
export interface Timer {
  cancel(): void;
}

interface Due {
  readonly at: number;
  readonly run: () => void;
  handle: NodeJS.Timeout | undefined;
}

/** The longest delay that `setTimeout` takes. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;
/** Rounds of the event loop in which the work that a timer began may set the next one. */
const SETTLING_ROUNDS = 4;

const settle = async (): Promise<void> => {
  for (let round = 0; round < SETTLING_ROUNDS; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};

/**
 * The time of an endpoint. It runs as usual, and can be driven ahead: whatever falls due on the way happens in its
 * order, as if somebody had waited.
 */
export class Clock {
  private readonly timers = new Set<Due>();

  /** `ahead` is how far, in milliseconds, this clock has been driven before; `tell` hears each time how far it is now. */
  constructor(
    private ahead = 0,
    private readonly tell: (ahead: number) => void = () => undefined,
  ) {}

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.ahead;
  }

  date(): Date {
    return new Date(this.now());
  }

  /** Runs something once, a number of milliseconds from now. */
  after(milliseconds: number, run: () => void): Timer {
    const due: Due = { at: this.now() + milliseconds, run, handle: undefined };
    this.timers.add(due);
    this.arm(due);
    return {
      cancel: () => {
        this.forget(due);
      },
    };
  }

  /** Resolves after a number of milliseconds; rejects with the reason of the signal when that comes first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const abort = (): void => {
        timer.cancel();
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      const timer = this.after(milliseconds, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Drives the clock ahead. Resolves when everything that fell due has begun; what it started may still go on. */
  async advance(milliseconds: number): Promise<void> {
    const target = this.now() + milliseconds;
    for (let next = this.next(target); next !== undefined; next = this.next(target)) {
      this.drive(next.at);
      this.forget(next);
      next.run();
      await settle();
    }
    this.drive(target);
    for (const due of this.timers) this.arm(due);
    await settle();
  }

  /** Forgets everything that has not happened yet. */
  stop(): void {
    for (const due of this.timers) this.forget(due);
  }

  private drive(to: number): void {
    this.ahead += Math.max(0, to - this.now());
    this.tell(this.ahead);
  }

  private next(until: number): Due | undefined {
    let first: Due | undefined;
    for (const due of this.timers) if (due.at <= until && (first === undefined || due.at < first.at)) first = due;
    return first;
  }

  private arm(due: Due): void {
    clearTimeout(due.handle);
    const delay = due.at - this.now();
    due.handle = setTimeout(
      () => {
        if (delay > LONGEST_DELAY_MS) {
          this.arm(due);
          return;
        }
        this.forget(due);
        due.run();
      },
      Math.min(Math.max(0, delay), LONGEST_DELAY_MS),
    );
  }

  private forget(due: Due): void {
    clearTimeout(due.handle);
    this.timers.delete(due);
  }
}
