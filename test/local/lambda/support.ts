import { strToU8, zipSync } from 'fflate';
import { AwsError } from '../../../local/core/errors';
import type { Input, Output, Service } from '../../../local/core/service';
import { createLambda } from '../../../local/lambda/service';
import { createTestWorld, type TestWorld } from '../support';
import { runtimeBundle } from '../bundle';

export const ROLE = 'arn:aws:iam::000000000000:role/function';

export const zip = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

/** The text of a member; empty when there is none. */
export const member = (value: unknown, name: string): string => {
  const found = Object.entries(typeof value === 'object' && value !== null ? value : {}).find(([key]) => key === name);
  return String(found?.[1] ?? '');
};

/** Log groups that only exist once they were created, and what was written to them. */
export const logsService = (
  ...groups: readonly string[]
): { service: Service; lines: string[]; groups: Set<string> } => {
  const known = new Set(groups);
  const lines: string[] = [];
  const nameOf = (input: Input): string => String(input.logGroupName);
  const service: Service = {
    name: 'logs',
    operations: {
      CreateLogGroup: (input) => ({ groups: known.add(nameOf(input)).size }),
      CreateLogStream: (input) => {
        if (known.has(nameOf(input))) return {};
        throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
      },
      PutLogEvents: (input) => {
        const events: readonly unknown[] = Array.isArray(input.logEvents) ? input.logEvents : [];
        lines.push(...events.map((event) => member(event, 'message')));
        return {};
      },
    },
  };
  return { service, lines, groups: known };
};

/** A world with Lambda and stand-ins for the services that it calls. */
export const worldWith = (...services: readonly Service[]): Promise<TestWorld> =>
  createTestWorld([
    (world) => createLambda({ ...world, lambdaRuntime: runtimeBundle() }),
    ...(services.some(({ name }) => name === 'logs') ? [] : [logsService().service]),
    ...services,
  ]);

/** Creates a function with this source as `index.js`. */
export const create = (world: TestWorld, source: string, more: Input = {}): Promise<Output> =>
  world.run('lambda', 'CreateFunction', {
    ...{ FunctionName: 'f', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE },
    Code: { ZipFile: zip({ 'index.js': source }) },
    ...more,
  });

export interface Invoked {
  readonly error: unknown;
  readonly payload: unknown;
  readonly tail: string;
}

/** Invokes the function and waits for its answer. */
export const invoke = async (world: TestWorld, event: unknown = {}, more: Input = {}): Promise<Invoked> => {
  const input = { FunctionName: 'f', Payload: Buffer.from(JSON.stringify(event)), LogType: 'Tail', ...more };
  const { FunctionError, Payload, LogResult } = await world.run('lambda', 'Invoke', input);
  const payload: unknown = Payload instanceof Uint8Array ? JSON.parse(Buffer.from(Payload).toString()) : undefined;
  return { error: FunctionError, payload, tail: Buffer.from(String(LogResult), 'base64').toString() };
};

/** Waits until a condition holds. */
export const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};
