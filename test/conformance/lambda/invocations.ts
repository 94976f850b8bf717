import {
  GetFunctionConfigurationCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import { archiveOf, functionOf, invoke } from '../kit/functions';
import { queueFor, type TestQueue } from '../kit/queues';
import { table } from '../kit/table';
import type { OwnTarget, Target } from '../kit/target';

const ASYNC = 'lambda/latest/dg/invocation-async-error-handling.html';
const RECORDS = 'lambda/latest/dg/invocation-async-retain-records.html';
const ERRORS = 'lambda/latest/dg/nodejs-exceptions.html';
const QUOTAS = 'lambda/latest/dg/gettingstarted-limits.html';

const ECHO = 'exports.handler = async (event) => event;';
const FAILING = 'exports.handler = async () => { console.log("attempt"); throw new TypeError("as told"); };';

const sending = (queue: TestQueue) => [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue.arn }];

/** Waits until the function has logged so many ends of attempts, and for what follows from the last one. */
const attempts = async (target: OwnTarget, name: string, count: number): Promise<void> => {
  const { world } = target.endpoint;
  const input = { logGroupName: `/aws/lambda/${name}`, filterPattern: 'REPORT' };
  await target.eventually(async () => {
    const call = { service: 'logs', operation: 'FilterLogEvents', input, principal: { arn: 'deployer' } };
    expect((await world.call(call)).events).toHaveLength(count);
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
};

const async = (target: Target, name: string, event: unknown = { a: 1 }) =>
  invoke(target, name, event, { InvocationType: 'Event' });

export const invocations = table('Lambda', 'Invocations', [
  {
    behaviour: 'a synchronous call answers what the handler returns, and the end of its log when asked for',
    source: 'lambda/latest/api/API_Invoke.html',
    test: async (target) => {
      const name = await functionOf(target, 'exports.handler = async (e) => { console.log("a line"); return e; };');
      const output = await invoke(target, name, { a: [1] }, { LogType: 'Tail' });
      expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', payload: { a: [1] } });
      expect(output.FunctionError).toBeUndefined();
      expect(output.log).toMatch(/START RequestId: [^]*a line[^]*END RequestId: [^]*REPORT RequestId: /);
    },
  },
  {
    behaviour: 'what a handler throws is a function error with its type, message and trace',
    source: ERRORS,
    test: async (target) => {
      const output = await invoke(target, await functionOf(target, FAILING), {});
      expect(output).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
      expect(output.payload).toMatchObject({ errorType: 'TypeError', errorMessage: 'as told' });
      expect(output.payload).toHaveProperty('trace');
    },
  },
  {
    behaviour: 'a function that runs too long is ended and answers Sandbox.Timedout',
    source: 'lambda/latest/dg/troubleshooting-invocation.html',
    local: async (target) => {
      const name = await functionOf(target, 'exports.handler = () => new Promise(() => setInterval(() => {}, 1e3));', {
        Timeout: 900,
      });
      const output = invoke(target, name, {});
      await new Promise((resolve) => setTimeout(resolve, 400));
      await target.endpoint.world.clock.advance(901_000);
      const { FunctionError, payload } = await output;
      expect(FunctionError).toBe('Unhandled');
      expect(JSON.stringify(payload)).toMatch(/Sandbox.Timedout.*Task timed out after 900.00 seconds/);
    },
  },
  {
    behaviour:
      'a failed asynchronous event is tried again after one and two minutes, then goes to the dead-letter queue',
    source: ASYNC,
    local: async (target) => {
      const queue = await queueFor(target);
      const more = { DeadLetterConfig: { TargetArn: queue.arn } };
      const name = await functionOf(target, FAILING, more, sending(queue));
      expect((await async(target, name)).StatusCode).toBe(202);
      const { clock } = target.endpoint.world;
      await attempts(target, name, 1);
      await clock.advance(59_000);
      await attempts(target, name, 1);
      await clock.advance(1_500);
      await attempts(target, name, 2);
      await clock.advance(121_000);
      await attempts(target, name, 3);
      const message = await queue.next();
      expect(message).toMatchObject({ Body: '{"a":1}', MessageAttributes: { ErrorCode: { StringValue: '200' } } });
    },
  },
  {
    behaviour: 'a destination for failures gets the event, the error and why it was given up',
    source: RECORDS,
    test: async (target) => {
      const queue = await queueFor(target);
      const FunctionName = await functionOf(target, FAILING, {}, sending(queue));
      await target.clients.lambda.send(
        new PutFunctionEventInvokeConfigCommand({
          ...{ FunctionName, MaximumRetryAttempts: 0 },
          DestinationConfig: { OnFailure: { Destination: queue.arn } },
        }),
      );
      await async(target, FunctionName);
      expect(JSON.parse((await queue.next()).Body ?? '')).toMatchObject({
        version: '1.0',
        requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
        requestPayload: { a: 1 },
        responseContext: { statusCode: 200, functionError: 'Unhandled' },
        responsePayload: { errorType: 'TypeError', errorMessage: 'as told' },
      });
    },
  },
  {
    behaviour: 'an event that cannot be tried again within its maximum age is given up',
    source: ASYNC,
    local: async (target) => {
      const queue = await queueFor(target);
      const FunctionName = await functionOf(target, FAILING, {}, sending(queue));
      await target.clients.lambda.send(
        new PutFunctionEventInvokeConfigCommand({
          ...{ FunctionName, MaximumEventAgeInSeconds: 60 },
          DestinationConfig: { OnFailure: { Destination: queue.arn } },
        }),
      );
      await async(target, FunctionName);
      await attempts(target, FunctionName, 1);
      await target.endpoint.world.clock.advance(200_000);
      expect(JSON.parse((await queue.next()).Body ?? '')).toMatchObject({
        requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 1 },
      });
    },
  },
  {
    behaviour: 'events for a function with a reserved concurrency of zero go to the destination for failures at once',
    source: ASYNC,
    test: async (target) => {
      const { lambda } = target.clients;
      const queue = await queueFor(target);
      const FunctionName = await functionOf(target, ECHO, {}, sending(queue));
      const DestinationConfig = { OnFailure: { Destination: queue.arn } };
      await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig }));
      await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
      await async(target, FunctionName);
      expect(JSON.parse((await queue.next()).Body ?? '')).toMatchObject({
        requestContext: { condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 },
        requestPayload: { a: 1 },
      });
    },
  },
  {
    behaviour: 'with a reserved concurrency of zero every call is throttled',
    source: 'lambda/latest/dg/configuration-concurrency.html',
    test: async (target) => {
      const FunctionName = await functionOf(target, ECHO);
      const reserve = { FunctionName, ReservedConcurrentExecutions: 0 };
      await target.clients.lambda.send(new PutFunctionConcurrencyCommand(reserve));
      await target.eventually(async () => {
        await expect(invoke(target, FunctionName, {})).rejects.toMatchObject({
          ...{ name: 'TooManyRequestsException', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
        });
      });
    },
  },
  {
    behaviour: 'an event has at most 6 MB when somebody waits, and 1 MB when nobody does',
    source: QUOTAS,
    test: async (target) => {
      const name = await functionOf(target, 'exports.handler = async ({ text }) => text.length;');
      const event = { text: 'x'.repeat(1_100_000) };
      expect((await invoke(target, name, event)).payload).toBe(1_100_000);
      await expect(async(target, name, event)).rejects.toMatchObject({ name: 'RequestTooLargeException' });
      const large = { text: 'x'.repeat(6_400_000) };
      await expect(invoke(target, name, large)).rejects.toMatchObject({ name: 'RequestTooLargeException' });
    },
  },
  {
    behaviour: 'new code and a new configuration are what the next call runs',
    source: 'lambda/latest/api/API_UpdateFunctionCode.html',
    test: async (target) => {
      const { lambda } = target.clients;
      const FunctionName = await functionOf(target, ECHO);
      const updated = () =>
        waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60, minDelay: 1 }, { FunctionName });
      const source = 'exports.handler = async () => process.env.WORD + process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE;';
      await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: archiveOf(source) }));
      await updated();
      const Environment = { Variables: { WORD: 'new' } };
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment, MemorySize: 256 }));
      await updated();
      expect((await invoke(target, FunctionName, {})).payload).toBe('new256');
      const configuration = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      expect(configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful', MemorySize: 256 });
    },
  },
  {
    behaviour: 'a function that was killed before or after its work fails, and the next call has a new process',
    source: ERRORS,
    local: async (target) => {
      const name = await functionOf(target, 'exports.handler = async () => { console.log("done"); return 1; };');
      for (const [point, done] of [
        ['before', false],
        ['after', true],
      ] as const) {
        target.endpoint.world.faults.set([{ kind: 'kill', at: `lambda:${name}:${point}`, times: 1 }]);
        const { payload, log } = await invoke(target, name, {}, { LogType: 'Tail' });
        expect(payload).toMatchObject({ errorType: 'Runtime.ExitError' });
        expect(log.includes('done')).toBe(done);
        expect((await invoke(target, name, {})).payload).toBe(1);
      }
    },
  },
]);
