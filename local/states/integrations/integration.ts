import { randomUUID } from 'node:crypto';
import { AwsError } from '../../core/errors';
import type { Input, Output, Principal } from '../../core/service';
import { isTransient } from '../../core/transient';
import type { World } from '../../core/world';
import { StateFailure, Suspension } from '../language/failure';
import { isJsonObject, type Json, type JsonObject } from '../language/json';

/** One attempt of a Task state. */
export interface TaskCall {
  readonly world: World;
  /** The role of the state machine. */
  readonly principal: Principal;
  /** The evaluated `Arguments`. */
  readonly parameters: Json;
  /** Aborted when the execution stops and when the time of the state is up. */
  readonly signal: AbortSignal;
  /** ARNs of the execution and of the state machine. */
  readonly origin: readonly string[];
  /** Tells the history that a `.sync` task has begun. */
  readonly submitted: (output: Json) => void;
  /** What was submitted before the endpoint was restarted: wait for that. */
  readonly earlier?: Json;
}

/** What a `Resource` does. */
export interface Integration {
  /** As in the events of the history: `batch`. */
  readonly resourceType: string;
  /** As in the events of the history: `submitJob.sync`. */
  readonly resource: string;
  /** True when `run` cleans up and rejects by itself once the signal is aborted. */
  readonly endsOnAbort?: boolean;
  /** The rule of EventBridge that Step Functions makes, with the rights of the role, to learn of the end. */
  readonly managedRule?: string;
  run(call: TaskCall): Promise<Json>;
}

/** Whether what the task waits for is to be stopped: not when the endpoint goes on with it later. */
export const isStopped = ({ signal }: TaskCall): boolean => signal.aborted && !(signal.reason instanceof Suspension);

/** What a `.sync` task waits for, submitted now or earlier: a member of the answer, in the case of its API. */
export const submittedId = async (call: TaskCall, member: string, submit: () => Promise<Json>): Promise<string> => {
  const answer = call.earlier ?? (await submit());
  if (call.earlier === undefined) call.submitted(answer);
  const id = isJsonObject(answer) ? answer[member] : undefined;
  return typeof id === 'string' ? id : '';
};

/** The arguments, which have to be an object. */
export const argumentsOf = ({ parameters }: TaskCall): JsonObject => {
  if (isJsonObject(parameters)) return parameters;
  throw new StateFailure('States.Runtime', `Arguments must be an object, got ${JSON.stringify(parameters)}`);
};

/** `ClientException` for `ClientException`, `NoSuchBucketException` for `NoSuchBucket`. */
const exceptionOf = (code: string): string => {
  const name = code.slice(code.lastIndexOf('#') + 1);
  return name.endsWith('Exception') ? name : `${name}Exception`;
};

/** Calls a service as the state machine; its errors become `<prefix>.<Code>Exception`. */
export const callService = async (
  { world, principal }: Pick<TaskCall, 'world' | 'principal'>,
  prefix: string,
  [service, operation]: readonly [string, string],
  input: Input,
): Promise<Output> => {
  try {
    return await world.call({ service, operation, input, principal });
  } catch (error) {
    if (!(error instanceof AwsError)) world.note(`${service}:${operation} failed: ${String(error)}`);
    const { code, statusCode } = error instanceof AwsError ? error : { code: 'InternalError', statusCode: 500 };
    const message = error instanceof Error ? error.message : String(error);
    throw new StateFailure(
      `${prefix}.${exceptionOf(code)}`,
      `${message} (Service: ${prefix}; Status Code: ${statusCode}; Error Code: ${code}; Request ID: ${randomUUID()})`,
      { cause: error },
    );
  }
};

const FIRST_LOOK_MS = 20;
const LAST_LOOK_MS = 250;

/** Looks again and again until something has ended. That a look fails for a moment says nothing of what it looks at. */
export const untilEnded = async (
  call: TaskCall,
  look: () => Promise<Output>,
  hasEnded: (seen: Output) => boolean,
): Promise<Output> => {
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 1.1, LAST_LOOK_MS)) {
    const seen = await look().catch((error: unknown) => {
      if (error instanceof StateFailure && isTransient(error.cause)) return undefined;
      throw error;
    });
    if (seen !== undefined && hasEnded(seen)) return seen;
    await call.world.clock.sleep(pause, call.signal);
  }
};
