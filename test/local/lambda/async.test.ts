import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input, Service } from '../../../local/core/service';
import type { TestWorld } from '../support';
import { create, logsService, member, until, worldWith } from './support';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:q';

let world: TestWorld;
let sent: { to: unknown; input: Input; principal: string }[];
const logs = logsService();

const receiver = (name: string, operation: string, target: string): Service => ({
  name,
  operations: {
    [operation]: (input, call) => {
      sent.push({ to: input[target], input, principal: call.principal.arn });
      return {};
    },
  },
});

beforeEach(async () => {
  sent = [];
  logs.lines.length = 0;
  world = await worldWith(
    ...[logs.service, receiver('sqs', 'SendMessage', 'QueueUrl'), receiver('sns', 'Publish', 'TopicArn')],
  );
});
afterEach(() => world.close());

const FAILING = 'exports.handler = async (event) => { console.log("attempt"); throw new Error("no"); };';

const invoke = async (): Promise<void> => {
  const input = { FunctionName: 'f', InvocationType: 'Event', Payload: Buffer.from('{"a":1}') };
  expect(await world.run('lambda', 'Invoke', input)).toEqual({ StatusCode: 202 });
};

describe('an asynchronous invocation', () => {
  test('runs once when it works', async () => {
    await create(world, 'exports.handler = async (event) => console.log(`got ${event.a}`);');
    await invoke();
    await until(() => logs.lines.includes('got 1'));
    await world.clock.advance(200_000);
    expect(logs.lines.filter((line) => line === 'got 1')).toHaveLength(1);
  });

  test('is sent with its answer to the destination for successes', async () => {
    await create(world, 'exports.handler = async (event) => event.a + 1;');
    const DestinationConfig = { OnSuccess: { Destination: QUEUE } };
    await world.run('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'f', DestinationConfig });
    await invoke();
    await until(() => sent.length > 0);
    expect(JSON.parse(member(sent[0].input, 'MessageBody'))).toMatchObject({
      ...{ requestContext: { condition: 'Success' }, responsePayload: 2 },
    });
  });

  test('says so when nobody gets its failure', async () => {
    await create(world, FAILING);
    await world.run('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'f', MaximumRetryAttempts: 0 });
    await invoke();
    await until(() => world.notes.some((note) => note.startsWith('f failed 1 times')));
    expect(sent).toEqual([]);
  });
});
