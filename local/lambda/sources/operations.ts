import { randomUUID } from 'node:crypto';
import { AwsError, notSupported } from '../../core/errors';
import { pageOf } from '../../core/pages';
import { Reader } from '../../core/reader';
import type { Operation, Output } from '../../core/service';
import type { World } from '../../core/world';
import { invalidParameter } from '../configuration';
import type { LambdaFunction } from '../function';
import type { FunctionStore } from '../function-store';
import { invokeOnce } from '../invocation';
import type { Pool } from '../pool';
import { describeMapping, type EventSourceMapping, settingsOf } from './mapping';
import { type Polling, QueuePoller } from '../../polling/queue-poller';
import { failedOf } from './failures';

const PAGES = { usual: 100, sizeIn: 'MaxItems', most: 10_000, tokenIn: 'Marker' } as const;

/** Event source mappings: functions that get the messages of queues. */
export const mappingOperations = (
  world: World,
  functions: FunctionStore,
  pool: Pool,
): Readonly<Record<string, Operation>> => {
  const mappings = world.collection<EventSourceMapping>('lambda/mappings');
  const pollers = new Map<string, QueuePoller>();

  /** As the role of the function, as Lambda does it. */
  const pollingOf = (mapping: EventSourceMapping): Polling => ({
    ...mapping,
    receiver: mapping.functionName,
    principal: () => ({ arn: functions.find(mapping.functionName)?.configuration.role ?? '' }),
    handle: async (batch) => {
      const ids = batch.map(({ id }) => id);
      const fn = functions.find(mapping.functionName);
      if (fn === undefined) return new Set(ids);
      const event = JSON.stringify({ Records: batch.map(({ record }) => record) });
      const result = await invokeOnce(pool, fn, { requestId: randomUUID(), event, patient: true });
      return failedOf(result, mapping.reportsFailures, ids);
    },
  });

  const follow = (mapping: EventSourceMapping): void => {
    pollers.get(mapping.uuid)?.stop();
    pollers.delete(mapping.uuid);
    if (mapping.enabled) pollers.set(mapping.uuid, new QueuePoller(world, pollingOf(mapping)));
  };
  world.onOpen(() => {
    for (const mapping of mappings.values()) follow(mapping);
  });
  world.onClose(() => {
    for (const poller of pollers.values()) poller.stop();
  });

  const describe = (mapping: EventSourceMapping, state?: string): Output =>
    describeMapping(mapping, world.arn('lambda', `event-source-mapping:${mapping.uuid}`), state);

  const get = (input: Reader): EventSourceMapping => {
    const mapping = mappings.get(input.text('UUID'));
    if (mapping !== undefined) return mapping;
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
  };

  /** Refuses a queue that the function cannot read, or that would show messages again while it works on them. */
  const checkQueue = async (queueArn: string, { configuration }: LambdaFunction): Promise<void> => {
    const input = { QueueUrl: queueArn, AttributeNames: ['VisibilityTimeout'] };
    const principal = { arn: configuration.role };
    for (const operation of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']) {
      const denial = await world.denial({ principal, action: `sqs:${operation}`, resource: queueArn });
      if (denial === undefined) continue;
      throw invalidParameter(`The function execution role does not have permissions to call ${operation} on SQS`);
    }
    const call = world.call({ service: 'sqs', operation: 'GetQueueAttributes', input, principal });
    const output = await call.catch((error: unknown) => {
      throw invalidParameter(`Error occurred while GetQueueAttributes. ${String(error)}`);
    });
    const visibility = new Reader(output).record('Attributes').number('VisibilityTimeout');
    if (visibility < configuration.timeout) {
      throw invalidParameter(
        `Queue visibility timeout: ${visibility} seconds is less than Function timeout: ${configuration.timeout} seconds`,
      );
    }
  };

  const put = (mapping: EventSourceMapping): Output => {
    mappings.set(mapping.uuid, mapping);
    follow(mapping);
    return describe(mapping);
  };

  const create = async (input: Reader): Promise<Output> => {
    const fn = functions.get(input);
    const queueArn = input.text('EventSourceArn');
    if (!queueArn.startsWith('arn:aws:sqs:'))
      throw notSupported(`the event source ${queueArn}`, 'it has queues of SQS');
    const settings = settingsOf(input);
    await checkQueue(queueArn, fn);
    const same = [...mappings.values()].find((one) => one.queueArn === queueArn && one.functionName === fn.name);
    if (same !== undefined) {
      throw new AwsError(
        'ResourceConflictException',
        `An event source mapping with SQS arn (" ${queueArn} ") and function (" ${fn.name} ") already exists. ` +
          `Please update or delete the existing mapping with UUID ${same.uuid}`,
        409,
      );
    }
    const modifiedAt = world.clock.date();
    return put({
      ...{ uuid: randomUUID(), queueArn, functionName: fn.name, functionArn: fn.arn, modifiedAt },
      ...settings,
    });
  };

  const list = (input: Reader): Output => {
    const name = input.has('FunctionName') ? functions.get(input).name : undefined;
    const arn = input.optionalText('EventSourceArn');
    const found = [...mappings.values()].filter(
      (one) => (name ?? one.functionName) === one.functionName && (arn ?? one.queueArn) === one.queueArn,
    );
    const { page, next } = pageOf(input, found, PAGES, ({ uuid }) => uuid);
    return {
      EventSourceMappings: page.map((mapping) => describe(mapping)),
      NextMarker: next,
    };
  };

  return {
    CreateEventSourceMapping: (input) => create(new Reader(input)),
    GetEventSourceMapping: (input) => describe(get(new Reader(input))),
    ListEventSourceMappings: (input) => list(new Reader(input)),
    UpdateEventSourceMapping: (values) => {
      const input = new Reader(values);
      const mapping = get(input);
      const fn = input.has('FunctionName') ? functions.get(input) : undefined;
      const target = fn === undefined ? {} : { functionName: fn.name, functionArn: fn.arn };
      return put({ ...mapping, ...target, ...settingsOf(input, mapping), modifiedAt: world.clock.date() });
    },
    DeleteEventSourceMapping: (input) => {
      const mapping = get(new Reader(input));
      pollers.get(mapping.uuid)?.stop();
      pollers.delete(mapping.uuid);
      mappings.delete(mapping.uuid);
      return describe(mapping, 'Deleting');
    },
  };
};
