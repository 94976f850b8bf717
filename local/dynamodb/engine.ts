import { Agent, request, type Server } from 'node:http';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from '../core/errors';
import type { Input, Output } from '../core/service';
import type { World } from '../core/world';
import { isRecord } from '../core/json';
import { bodyOf } from './parameters';
import { socketPath } from './socket';

/** The engine behind the tables: dynalite, in memory, or on disk when the endpoint keeps its state. */
export interface Engine {
  send(operation: string, input: Input): Promise<Output>;
}

// The engine wants to see a signature, and does not check it.
const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local',
};

const start = async (path: string, data: string | undefined): Promise<Server> => {
  // Loaded at the first use only: a platform without tables does not pay for it.
  const { default: dynalite } = await import('dynalite');
  const server = dynalite({ path: data, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  // A killed endpoint leaves its socket.
  if (process.platform !== 'win32') rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return server;
};

const post = (path: string, agent: Agent, operation: string, body: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const headers = { ...HEADERS, 'x-amz-target': `DynamoDB_20120810.${operation}` };
    const sent = request({ socketPath: path, agent, method: 'POST', path: '/', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 500, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

const parse = (text: string): Output => {
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? value : {};
};

/** The engine has no words for a table that is there already or still changing. */
const WORDLESS = 'the table exists already, or another change of it is not finished';

const failure = (status: number, answer: Output): AwsError => {
  const type = typeof answer.__type === 'string' ? answer.__type : 'InternalServerError';
  const message = answer.message ?? answer.Message;
  const code = type.slice(type.lastIndexOf('#') + 1);
  return new AwsError(code, typeof message === 'string' && message !== '' ? message : WORDLESS, status);
};

/** Starts the engine when somebody needs it, and ends it with the world. */
export const createEngine = (world: World): Engine => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let started: Promise<Server> | undefined;
  const path = (): string => socketPath(world.directory);

  world.onClose(async () => {
    agent.destroy();
    const server = await started;
    if (server === undefined) return;
    await new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  });

  return {
    send: async (operation, input) => {
      await (started ??= start(path(), world.persistent ? join(world.directory, 'dynamodb') : undefined));
      const { status, text } = await post(path(), agent, operation, bodyOf(operation, input));
      if (status !== 200) throw failure(status, parse(text));
      return parse(text);
    },
  };
};
