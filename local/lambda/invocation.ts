import type { LambdaFunction } from './function';
import type { Pool } from './pool';
import type { SandboxResult } from './sandbox';

/** What one invocation came to. */
export interface InvocationResult {
  /** JSON text of the answer, or of the error. */
  readonly payload: string;
  readonly failed: boolean;
  /** The end of the log of this invocation. */
  readonly tail: string;
}

/** One event for a function. */
export interface Invocation {
  readonly requestId: string;
  /** As the caller named it, with the alias if it did; the function itself when absent. */
  readonly functionArn?: string;
  /** JSON text. */
  readonly event: string;
  readonly clientContext?: string;
  /** Waits for a free process where a synchronous caller would be throttled. */
  readonly patient: boolean;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_SYNC_BYTES = 6_291_556;
export const MAX_ASYNC_BYTES = 1_048_576;

const MAX_TAIL = 4_096;

const limited = (result: SandboxResult): SandboxResult => {
  const bytes = Buffer.byteLength(result.answer ?? '');
  if (bytes <= MAX_SYNC_BYTES) return result;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_SYNC_BYTES} bytes).`;
  return { failure: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
};

/** Runs a function once. */
export const invokeOnce = (pool: Pool, fn: LambdaFunction, invocation: Invocation): Promise<InvocationResult> =>
  pool.run(fn, invocation.patient, async (sandbox) => {
    let tail = '';
    const { requestId, event, clientContext, functionArn = fn.arn } = invocation;
    const message = { requestId, event, clientContext, functionArn };
    const result = limited(
      await sandbox.invoke(message, (line) => {
        tail = `${tail}${line}\n`.slice(-MAX_TAIL);
      }),
    );
    const { answer = 'null', failure } = result;
    return { payload: failure === undefined ? answer : JSON.stringify(failure), failed: failure !== undefined, tail };
  });
