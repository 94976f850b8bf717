import { AwsError } from '../core/errors';
import { pageOf, type Paging } from '../core/pages';
import { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import { queueDoesNotExist } from './errors';
import type { Queue } from './queue';
import { attributeIn, attributesFrom, SETTABLE, type QueueAttributes } from './queue-attributes';
import type { QueueStore } from './queue-store';

const seconds = (date: Date): string => String(Math.floor(date.getTime() / 1_000));

const allAttributes = (queue: Queue): QueueAttributes => {
  const { ready, inFlight, delayed } = queue.counts();
  return {
    ...Object.fromEntries(Object.entries(queue.attributes).filter(([, value]) => value !== '')),
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(ready),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.modifiedAt),
  };
};

const READABLE = [
  ...SETTABLE,
  'QueueArn',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
];

const getAttributes = (queue: Queue, reader: Reader): Output => {
  const names = reader.texts('AttributeNames');
  const unknown = names.find((name) => name !== 'All' && !READABLE.includes(name));
  if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const wanted = Object.entries(allAttributes(queue)).filter(([name]) => names.includes('All') || names.includes(name));
  return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
};

const createQueue = (queues: QueueStore, reader: Reader): Output => {
  const name = reader.text('QueueName');
  const attributes = attributesFrom(reader);
  queues.checkRedrive(attributes);
  const existing = queues.find(name);
  const queue = existing ?? queues.create(name, attributes);
  const different = Object.entries(attributes).find(
    ([attribute, value]) => (attributeIn(queue.attributes, attribute) ?? '') !== value,
  );
  if (different !== undefined) {
    throw new AwsError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${different[0]}`,
    );
  }
  if (existing === undefined) {
    for (const [key, value] of Object.entries(reader.textMap('tags'))) queue.tags.set(key, value);
    queues.save(queue);
  }
  return { QueueUrl: queue.url };
};

const PAGES: Paging = {
  ...{ usual: 1_000, sizeIn: 'MaxResults' },
  ...{ tokenError: 'InvalidParameterValue', sizeError: 'InvalidParameterValue' },
};

const listQueues = (queues: QueueStore, reader: Reader): Output => {
  const prefix = reader.optionalText('QueueNamePrefix') ?? '';
  const found = queues.all().filter(({ name }) => name.startsWith(prefix));
  const { page, next } = pageOf(reader, found, PAGES, ({ url }) => url);
  return { QueueUrls: page.map(({ url }) => url), NextToken: next };
};

/** Operations on queues. */
export const queueOperations = (queues: QueueStore): Readonly<Record<string, Operation>> => {
  const onQueue =
    (operation: (queue: Queue, reader: Reader) => Output): Operation =>
    (input: Input) => {
      const reader = new Reader(input);
      return operation(queues.get(reader.text('QueueUrl')), reader);
    };

  const changing = (change: (queue: Queue, reader: Reader) => void): Operation =>
    onQueue((queue, reader) => {
      change(queue, reader);
      queues.save(queue);
      return {};
    });

  return {
    CreateQueue: (input) => createQueue(queues, new Reader(input)),
    ListQueues: (input) => listQueues(queues, new Reader(input)),
    GetQueueUrl: (input) => {
      const queue = queues.find(new Reader(input).text('QueueName'));
      if (queue === undefined) throw queueDoesNotExist();
      return { QueueUrl: queue.url };
    },
    DeleteQueue: onQueue((queue) => {
      queues.remove(queue);
      return {};
    }),
    PurgeQueue: onQueue((queue) => {
      queue.purge();
      return {};
    }),
    GetQueueAttributes: onQueue(getAttributes),
    SetQueueAttributes: changing((queue, reader) => {
      const attributes = attributesFrom(reader);
      queues.checkRedrive(attributes);
      queue.setAttributes(attributes);
    }),
    TagQueue: changing((queue, reader) => {
      for (const [key, value] of Object.entries(reader.textMap('Tags'))) queue.tags.set(key, value);
    }),
    UntagQueue: changing((queue, reader) => {
      for (const key of reader.texts('TagKeys')) queue.tags.delete(key);
    }),
    ListQueueTags: onQueue((queue) => (queue.tags.size === 0 ? {} : { Tags: Object.fromEntries(queue.tags) })),
  };
};
