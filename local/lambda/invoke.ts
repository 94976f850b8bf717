import { randomUUID } from 'node:crypto';
import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Output } from '../core/service';
import type { AsyncInvocations } from './async-invocations';
import { invalidParameter } from './configuration';
import type { FunctionStore } from './function-store';
import { invokeOnce, MAX_ASYNC_BYTES, MAX_SYNC_BYTES } from './invocation';
import type { Pool } from './pool';

/** The event as JSON text. Bytes and text are that already, as on the wire; other values are not. */
const eventOf = (payload: unknown): string => {
  if (payload instanceof Uint8Array) return Buffer.from(payload).toString('utf8');
  if (typeof payload === 'string') return payload;
  return payload === undefined || payload === null ? '' : JSON.stringify(payload);
};

const check = (event: string, limit: number): void => {
  const bytes = Buffer.byteLength(event);
  if (bytes > limit) {
    const message = `${bytes} byte payload is too large for this invocation type (limit ${limit} bytes)`;
    throw new AwsError('RequestTooLargeException', message, 413);
  }
  try {
    JSON.parse(event);
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${String(error)}`);
  }
};

const clientContextOf = (input: Reader): string | undefined => {
  const encoded = input.optionalText('ClientContext');
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
};

/** Runs a function now, later, or not at all. */
export const createInvoke =
  (functions: FunctionStore, pool: Pool, later: AsyncInvocations) =>
  async (values: Input): Promise<Output> => {
    const input = new Reader(values);
    const { fn, arn: functionArn } = functions.named(input);
    const given = eventOf(values.Payload);
    const event = given.trim() === '' ? '{}' : given;
    const invocation = { requestId: randomUUID(), functionArn, event, clientContext: clientContextOf(input) };
    const type = input.optionalText('InvocationType') ?? 'RequestResponse';
    switch (type) {
      case 'DryRun':
        return { StatusCode: 204 };
      case 'Event':
        check(event, MAX_ASYNC_BYTES);
        later.add({ ...invocation, name: fn.name });
        return { StatusCode: 202 };
      case 'RequestResponse': {
        check(event, MAX_SYNC_BYTES);
        const { payload, failed, tail } = await invokeOnce(pool, fn, { ...invocation, patient: false });
        return {
          ...{ StatusCode: 200, ExecutedVersion: '$LATEST', Payload: Buffer.from(payload) },
          ...(failed ? { FunctionError: 'Unhandled' } : {}),
          ...(input.optionalText('LogType') === 'Tail' ? { LogResult: Buffer.from(tail).toString('base64') } : {}),
        };
      }
      default:
        throw invalidParameter(`'InvocationType' must be RequestResponse, Event or DryRun, got '${type}'`);
    }
  };
