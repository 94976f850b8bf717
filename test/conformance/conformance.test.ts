import { afterAll, beforeAll, describe, test, type TestContext } from 'vitest';
import type { Endpoint } from '../../local/endpoint';
import { type Clients, clientsFor } from './kit/clients';
import { foreignTarget, startOwn, targetOf } from './kit/endpoints';
import type { Row } from './kit/table';
import { TABLES } from './kit/tables';
import { createTarget, Skipped, type Target, type TargetOptions } from './kit/target';

interface Shared {
  readonly options: TargetOptions;
  readonly clients: Clients;
  readonly endpoint?: Endpoint;
}

const open = async (): Promise<Shared> => {
  const foreign = await foreignTarget(process.env);
  const endpoint = foreign === undefined ? await startOwn() : undefined;
  const options = foreign ?? (endpoint === undefined ? undefined : targetOf(endpoint));
  if (options === undefined) throw new Error('no endpoint to try');
  return { options, clients: clientsFor(options.clientOptions), endpoint };
};

const finish = async (run: Promise<void>, end: () => Promise<void>, context: TestContext): Promise<void> => {
  try {
    await run;
  } catch (error) {
    if (error instanceof Skipped) context.skip(error.message);
    throw error;
  } finally {
    await end();
  }
};

const tryShared = async (run: (target: Target) => Promise<void>, shared: Shared, context: TestContext) => {
  const { target, end } = createTarget(shared.options, shared.clients);
  await finish(run(target), end, context);
};

const tryRow = async (row: Row, shared: Shared, context: TestContext): Promise<void> => {
  if ('test' in row) {
    await tryShared(row.test, shared, context);
    return;
  }
  if (shared.endpoint === undefined) context.skip('drives an endpoint of ours');
  const endpoint = await startOwn();
  const { target, end } = createTarget(targetOf(endpoint));
  await finish(row.local({ ...target, endpoint }), end, context).finally(() => endpoint.close());
};

let shared: Shared | undefined;
const ran = { tried: 0, skipped: 0 };

beforeAll(async () => {
  shared = await open();
});

afterAll(async () => {
  const where = shared?.endpoint === undefined ? shared?.options.clientOptions.endpoint : 'the local endpoint';
  process.stdout.write(`conformance: ${ran.tried} rows on ${where ?? 'AWS'}, ${ran.skipped} skipped\n`);
  await shared?.endpoint?.close();
});

for (const { service, topic, rows } of TABLES) {
  describe(`${service}: ${topic}`, () => {
    for (const row of rows) {
      test(row.behaviour, async (context) => {
        if (shared === undefined) throw new Error('the endpoint did not start');
        ran.skipped += 1;
        await tryRow(row, shared, context);
        ran.skipped -= 1;
        ran.tried += 1;
      });
    }
  });
}
