import { afterEach, describe, expect, test, vi } from 'vitest';
import { AwsError } from '../../../local/core/errors';
import type { Input, Operation, Service } from '../../../local/core/service';
import { createStates } from '../../../local/states/service';
import { createTestWorld, type TestWorld } from '../support';
import { historyOf, machineOf, outputOf, ROLE, run, worldWith } from './support';

let world: TestWorld | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await world?.close();
});

/** A service that answers, and the inputs that it got. */
const serving = (name: string, operations: Readonly<Record<string, Operation>>) => {
  const calls: { operation: string; input: Input; principal: string }[] = [];
  const service: Service = {
    name,
    operations: Object.fromEntries(
      Object.entries(operations).map(([operation, answer]): [string, Operation] => [
        operation,
        (input, call) => {
          calls.push({ operation, input, principal: call.principal.arn });
          return answer(input, call);
        },
      ]),
    ),
  };
  return { service, calls };
};

const task = (resource: string, more: object = {}) => ({
  ...{ Type: 'Task', Resource: `arn:aws:states:::${resource}`, End: true },
  ...more,
});

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

describe('lambda:invoke', () => {
  const invoke = task('lambda:invoke', { Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' } });

  test('hands the payload over and gives the parsed answer, as the role of the machine', async () => {
    const lambda = serving('lambda', {
      Invoke: () => ({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload: bytes({ n: 1 }) }),
    });
    world = await worldWith(lambda.service);
    const execution = await run(world, machineOf({ A: invoke }), { a: 'b' });
    expect(outputOf(execution)).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST', Payload: { n: 1 } });
    expect(lambda.calls).toEqual([
      { operation: 'Invoke', input: { FunctionName: 'f', Payload: bytes({ a: 'b' }) }, principal: ROLE },
    ]);
    expect((await historyOf(world, execution.executionArn)).map(({ type }) => type)).toEqual([
      ...['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded'],
      ...['TaskStateExited', 'ExecutionSucceeded'],
    ]);
  });

  test.each([
    ['the type of the error', bytes({ errorType: 'Mine', errorMessage: 'm' }), 'Mine'],
    ['Lambda.Unknown without a type', bytes({ errorMessage: 'm' }), 'Lambda.Unknown'],
  ])('fails with %s of the function', async (_, payload, error) => {
    const lambda = serving('lambda', {
      Invoke: () => ({ StatusCode: 200, FunctionError: 'Unhandled', Payload: payload }),
    });
    world = await worldWith(lambda.service);
    expect(await run(world, machineOf({ A: invoke }))).toMatchObject({ error, cause: payload.toString() });
  });

  test('fails with Lambda.<code> when the service refuses', async () => {
    const lambda = serving('lambda', {
      Invoke: () => {
        throw new AwsError('ResourceNotFoundException', 'Function not found: f', 404);
      },
    });
    world = await worldWith(lambda.service);
    const execution = await run(world, machineOf({ A: invoke }));
    expect(execution.error).toBe('Lambda.ResourceNotFoundException');
    expect(execution.cause).toMatch(/^Function not found: f \(Service: Lambda; Status Code: 404; /);
  });

  test('fails with a result above 256 KiB', async () => {
    const lambda = serving('lambda', { Invoke: () => ({ StatusCode: 200, Payload: bytes('x'.repeat(262_144)) }) });
    world = await worldWith(lambda.service);
    expect((await run(world, machineOf({ A: invoke }))).error).toBe('States.DataLimitExceeded');
  });
});

test('a task that takes longer than TimeoutSeconds fails with States.Timeout', async () => {
  const lambda = serving('lambda', { Invoke: () => new Promise(() => undefined) });
  world = await worldWith(lambda.service);
  const execution = await run(world, machineOf({ A: task('lambda:invoke', { TimeoutSeconds: '{% 0.02 %}' }) }));
  expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout', cause: undefined });
  expect((await historyOf(world, execution.executionArn)).at(-2)).toMatchObject({ type: 'TaskTimedOut' });
});

test('a time limit of a month or a year does not end a task at once', async () => {
  const lambda = serving('lambda', {
    Invoke: () => new Promise((resolve) => setTimeout(resolve, 20, { StatusCode: 200 })),
  });
  world = await worldWith(lambda.service);
  const definition = machineOf(
    { A: task('lambda:invoke', { TimeoutSeconds: 31_536_000 }) },
    { TimeoutSeconds: 2_592_000 },
  );
  expect(await run(world, definition)).toMatchObject({ status: 'SUCCEEDED' });
});

describe('other services', () => {
  test.each([
    ['sns:publish', 'sns', 'Publish', { Message: { a: 1 } }, { Message: '{"a":1}' }],
    ['sqs:sendMessage', 'sqs', 'SendMessage', { MessageBody: [1] }, { MessageBody: '[1]' }],
    ['dynamodb:putItem', 'dynamodb', 'PutItem', { Item: { k: { S: 'v' } } }, { Item: { k: { S: 'v' } } }],
    ['aws-sdk:s3:getObject', 's3', 'GetObject', { Bucket: 'b' }, { Bucket: 'b' }],
    ['aws-sdk:batch:listJobs', 'batch', 'ListJobs', { JobQueue: 'q' }, { jobQueue: 'q' }],
  ])('%s calls %s:%s', async (resource, name, operation, given, expected) => {
    const target = serving(name, { [operation]: () => ({ answer: { at: new Date(0) }, Body: Buffer.from('text') }) });
    world = await worldWith(target.service);
    const execution = await run(world, machineOf({ A: task(resource, { Arguments: given }) }));
    expect(target.calls).toEqual([{ operation, input: expected, principal: ROLE }]);
    expect(JSON.stringify(outputOf(execution))).toContain('1970-01-01T00:00:00.000Z');
  });

  test('an error of the SDK is named after its service', async () => {
    world = await worldWith();
    const execution = await run(world, machineOf({ A: task('aws-sdk:sfn:startExecution') }));
    expect(execution.error).toBe('Sfn.ValidationException');
  });

  test.each([
    [0, 'SUCCEEDED', undefined],
    [1, 'FAILED', 'EventBridge.FailedEntry'],
  ])('events:putEvents with %i failed entries is %s', async (FailedEntryCount, status, error) => {
    const events = serving('events', { PutEvents: () => ({ FailedEntryCount }) });
    world = await createTestWorld([createStates, events.service]);
    const definition = machineOf({ A: task('events:putEvents', { Arguments: { Entries: [{ Detail: { a: 1 } }] } }) });
    const execution = await run(world, definition);
    expect(execution).toMatchObject({ status, error });
    const resources = [execution.executionArn, execution.stateMachineArn];
    expect(events.calls.map(({ input }) => input)).toContainEqual({
      Entries: [{ Detail: '{"a":1}', Resources: resources }],
    });
  });
});
