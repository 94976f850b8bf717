import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  paginateListEventSourceMappings,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { expect } from 'vitest';
import { functionOf } from '../kit/functions';
import { queueFor, type TestQueue } from '../kit/queues';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const GUIDE = 'lambda/latest/dg/with-sqs.html';
const ERRORS = 'lambda/latest/dg/services-sqs-errorhandling.html';
const API = 'lambda/latest/api/API_CreateEventSourceMapping.html';

/** Answers what the messages tell it to. */
const ECHO = `
exports.handler = async ({ Records }) => {
  console.log(JSON.stringify(Records.map(({ body }) => body)));
  if (Records.some(({ body }) => body === 'throw')) throw new Error('as told');
  const failed = Records.filter(({ body }) => body.includes('fail'));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;

const mapped = async (
  target: Target,
  queue: TestQueue,
  more: Partial<CreateEventSourceMappingCommandInput> = {},
): Promise<{ readonly uuid: string; readonly name: string }> => {
  const { lambda } = target.clients;
  const Action = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'];
  const name = await functionOf(target, ECHO, {}, [{ Effect: 'Allow', Action, Resource: queue.arn }]);
  const command = new CreateEventSourceMappingCommand({ FunctionName: name, EventSourceArn: queue.arn, ...more });
  const { UUID: uuid = '' } = await target.eventually(() => lambda.send(command));
  target.cleanup(() => lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid })));
  return { uuid, name };
};

const counts = async (queue: TestQueue): Promise<readonly [visible: number, inFlight: number]> => {
  const attributes = await queue.attributes();
  const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: inFlight } = attributes;
  return [Number(visible), Number(inFlight)];
};

const until = (target: Target, queue: TestQueue, visible: number, inFlight: number): Promise<void> =>
  target.eventually(async () => {
    expect(await counts(queue)).toEqual([visible, inFlight]);
  });

export const queues = table('Lambda', 'Queues as event sources', [
  {
    behaviour: 'messages that the function handled are deleted',
    source: GUIDE,
    test: async (target) => {
      const queue = await queueFor(target);
      await mapped(target, queue);
      await queue.send('fine');
      await queue.send('fine too');
      await until(target, queue, 0, 0);
    },
  },
  {
    behaviour: 'with ReportBatchItemFailures only the messages that the answer names return to the queue',
    source: ERRORS,
    local: async (target) => {
      const queue = await queueFor(target);
      for (const body of ['one', 'fail two', 'three']) await queue.send(body);
      const { uuid } = await mapped(target, queue, { FunctionResponseTypes: ['ReportBatchItemFailures'] });
      await until(target, queue, 0, 1);
      const { lambda } = target.clients;
      await lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: false }));
      await target.endpoint.world.clock.advance(31_000);
      expect(await queue.receive()).toMatchObject([{ Body: 'fail two', Attributes: { ApproximateReceiveCount: '2' } }]);
    },
  },
  {
    behaviour: 'without it an answer that names failures changes nothing',
    source: ERRORS,
    test: async (target) => {
      const queue = await queueFor(target);
      await mapped(target, queue);
      await queue.send('fail');
      await until(target, queue, 0, 0);
    },
  },
  {
    behaviour:
      'a batch that fails is seen again after the visibility time-out, and in the end by the dead-letter queue',
    source: ERRORS,
    local: async (target) => {
      const dead = await queueFor(target);
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
      const queue = await queueFor(target, { RedrivePolicy });
      await mapped(target, queue);
      await queue.send('throw');
      for (const turn of [1, 2]) {
        await until(target, queue, 0, 1);
        // The function has to be done before its time is up.
        await new Promise((resolve) => setTimeout(resolve, turn === 1 ? 400 : 100));
        await target.endpoint.world.clock.advance(31_000);
      }
      expect((await dead.next()).Body).toBe('throw');
    },
  },
  {
    behaviour: 'messages that pass no filter are deleted and never seen by the function',
    source: 'lambda/latest/dg/with-sqs-filtering.html',
    local: async (target) => {
      const queue = await queueFor(target);
      const Pattern = JSON.stringify({ body: { RecordNumber: [{ numeric: ['>', 10] }] } });
      const { name } = await mapped(target, queue, { FilterCriteria: { Filters: [{ Pattern }] } });
      for (const number of [1, 11]) await queue.send(JSON.stringify({ RecordNumber: number }));
      await queue.send('no JSON');
      await until(target, queue, 0, 0);
      const input = { logGroupName: `/aws/lambda/${name}` };
      await target.eventually(async () => {
        const call = { service: 'logs', operation: 'FilterLogEvents', input, principal: { arn: 'deployer' } };
        const { events } = await target.endpoint.world.call(call);
        expect(JSON.stringify(events)).toContain('RecordNumber');
        expect(JSON.stringify(events)).not.toMatch(/no JSON|:1\}/);
      });
    },
  },
  {
    behaviour: 'a batching window gathers the messages of its time into one batch',
    source: GUIDE,
    local: async (target) => {
      const queue = await queueFor(target);
      const { name } = await mapped(target, queue, { MaximumBatchingWindowInSeconds: 20, BatchSize: 100 });
      for (const body of ['a', 'b', 'c']) await queue.send(body);
      await until(target, queue, 0, 3);
      await target.endpoint.world.clock.advance(21_000);
      await until(target, queue, 0, 0);
      await target.eventually(async () => {
        const input = { logGroupName: `/aws/lambda/${name}`, filterPattern: '"["' };
        const { events = [] } = await target.clients.logs.send(new FilterLogEventsCommand(input));
        const batches = events.flatMap(({ message = '' }) => /\["[abc",]*\]/.exec(message)?.at(0) ?? []);
        expect(batches.map((batch) => batch.length)).toEqual(['["a","b","c"]'.length]);
      });
    },
  },
  {
    behaviour: 'batches of more than ten messages need a batching window',
    source: API,
    test: async (target) => {
      const queue = await queueFor(target, { VisibilityTimeout: '60' });
      const { lambda } = target.clients;
      const FunctionName = await functionOf(target, ECHO);
      const command = new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn: queue.arn, BatchSize: 11 });
      await expect(lambda.send(command)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    },
  },
  {
    behaviour: 'a function whose role may not read the queue is refused',
    source: 'lambda/latest/dg/services-sqs-configure.html',
    test: async (target) => {
      const queue = await queueFor(target);
      const FunctionName = await functionOf(target, ECHO);
      const command = new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn: queue.arn });
      await expect(target.clients.lambda.send(command)).rejects.toThrow(/does not have permissions/);
    },
  },
  {
    behaviour: 'a queue must hide messages for as long as the function may run',
    source: 'lambda/latest/dg/services-sqs-configure.html',
    test: async (target) => {
      const queue = await queueFor(target, { VisibilityTimeout: '2' });
      await expect(mapped({ ...target, eventually: async (look) => look() }, queue)).rejects.toMatchObject({
        name: 'InvalidParameterValueException',
      });
    },
  },
  {
    behaviour: 'a mapping is described, listed, disabled and deleted',
    source: 'lambda/latest/api/API_UpdateEventSourceMapping.html',
    test: async (target) => {
      const { lambda } = target.clients;
      const queue = await queueFor(target);
      const { uuid: UUID, name } = await mapped(target, queue, { ScalingConfig: { MaximumConcurrency: 2 } });
      await target.eventually(() =>
        lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false, BatchSize: 5 })),
      );
      await target.eventually(async () => {
        const mapping = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
        expect(mapping).toMatchObject({ State: 'Disabled', BatchSize: 5, ScalingConfig: { MaximumConcurrency: 2 } });
      });
      const found: unknown[] = [];
      for await (const page of paginateListEventSourceMappings({ client: lambda }, { FunctionName: name })) {
        found.push(...(page.EventSourceMappings ?? []));
      }
      expect(found).toHaveLength(1);
    },
  },
]);
