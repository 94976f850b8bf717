import { randomBytes } from 'node:crypto';
import { AwsError } from '../core/errors';
import { StateFailure } from './language/failure';
import type { Json } from './language/json';

/** A task that waits until somebody who has its token tells how it ended. */
export interface AwaitedTask {
  readonly token: string;
  /** Rejects with the failure that was sent. */
  readonly result: Promise<Json>;
  /** Nobody can end it any more. */
  close(): void;
}

interface Waiting {
  readonly succeed: (output: Json) => void;
  readonly fail: (failure: StateFailure) => void;
  readonly beat: () => void;
}

/** The tasks that wait for a token. */
export class TaskTokens {
  private readonly waiting = new Map<string, Waiting>();

  /** A task, new or from before the endpoint was restarted; `beat` is called with each heartbeat. */
  open(beat: () => void, token = randomBytes(96).toString('base64')): AwaitedTask {
    const result = new Promise<Json>((succeed, fail) => this.waiting.set(token, { succeed, fail, beat }));
    // Who waits may have gone when a failure comes.
    result.catch(() => undefined);
    return { token, result, close: () => this.waiting.delete(token) };
  }

  succeed(token: string, output: Json): void {
    this.take(token).succeed(output);
  }

  fail(token: string, error: string, cause: string): void {
    this.take(token).fail(new StateFailure(error, cause));
  }

  beat(token: string): void {
    this.find(token).beat();
  }

  private find(token: string): Waiting {
    const task = this.waiting.get(token);
    if (task !== undefined) return task;
    throw new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }

  private take(token: string): Waiting {
    const task = this.find(token);
    this.waiting.delete(token);
    return task;
  }
}
