import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  InvokeCommand,
  type InvokeCommandInput,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { makeRole, type Statements } from './acting';
import type { Target } from './target';

const LOGS = { Effect: 'Allow', Action: 'logs:*', Resource: '*' };

/** The archive of a function whose `index.js` is this text. */
export const archiveOf = (source: string): Uint8Array => zipSync({ 'index.js': strToU8(source) });

/** A function whose `index.js` is this text, run as a role that may do what statements say. */
export const functionOf = async (
  target: Target,
  source: string,
  more: Partial<CreateFunctionCommandInput> = {},
  statements: Statements = [],
): Promise<string> => {
  const { clients, name, cleanup, eventually } = target;
  const Role = await makeRole(target, [LOGS, ...statements], { Service: 'lambda.amazonaws.com' });
  const FunctionName = name('function');
  const command = new CreateFunctionCommand({
    ...{ FunctionName, Role, Runtime: 'nodejs22.x', Handler: 'index.handler' },
    ...{ Code: { ZipFile: archiveOf(source) }, ...more },
  });
  // A new role is not known everywhere at once; any other refusal is one.
  await eventually(() => clients.lambda.send(command));
  cleanup(() => clients.lambda.send(new DeleteFunctionCommand({ FunctionName })));
  await waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
  return FunctionName;
};

/** Calls a function and answers what came of it. */
export const invoke = async (
  { clients: { lambda } }: Target,
  FunctionName: string,
  event: unknown,
  more: Partial<InvokeCommandInput> = {},
) => {
  const output = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...more }));
  const text = output.Payload?.transformToString() ?? '';
  const payload: unknown = text === '' ? undefined : JSON.parse(text);
  return { ...output, payload, log: Buffer.from(output.LogResult ?? '', 'base64').toString() };
};
