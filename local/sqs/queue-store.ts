import { AwsError, notSupported } from '../core/errors';
import type { World } from '../core/world';
import { invalidValue, queueDoesNotExist } from './errors';
import { type KeptQueue, Queue, type QueuePlace } from './queue';
import { DEFAULT_ATTRIBUTES, redriveOf, type QueueAttributes } from './queue-attributes';

/** All queues, by name. */
export interface QueueStore {
  all(): readonly Queue[];
  find(name: string): Queue | undefined;
  create(name: string, attributes: QueueAttributes): Queue;
  /** The queue of a URL; those who only know an ARN may give that. */
  get(urlOrArn: string): Queue;
  remove(queue: Queue): void;
  /** Keeps attributes and tags as they are now. */
  save(queue: Queue): void;
  /** Refuses a redrive policy whose dead-letter queue is not there. */
  checkRedrive(attributes: QueueAttributes): void;
}

const checkName = (name: string): void => {
  if (name.endsWith('.fifo')) throw notSupported(`FIFO queues ('${name}')`, 'it has standard queues');
  if (!/^[\w-]{1,80}$/.test(name)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length, got '${name}'`,
    );
  }
};

export const createQueueStore = (world: World): QueueStore => {
  const findByArn = (arn: string): Queue | undefined => queues.get(arn.slice(arn.lastIndexOf(':') + 1));
  const kept = world.collection<KeptQueue>('sqs/queues');
  const place: QueuePlace = { world, messages: world.collection('sqs/messages'), findByArn };
  const queues = new Map([...kept].map(([name, queue]) => [name, new Queue(place, name, queue)]));
  const save = ({ name, attributes, createdAt, modifiedAt, tags }: Queue): void => {
    kept.set(name, { attributes, createdAt, modifiedAt, tags });
  };
  world.onClose(() => {
    for (const queue of queues.values()) queue.close();
  });

  return {
    all: () => [...queues.values()],
    find: (name) => queues.get(name),
    create: (name, given) => {
      checkName(name);
      const attributes = { ...DEFAULT_ATTRIBUTES, ...given };
      const createdAt = world.clock.date();
      const queue = new Queue(place, name, { attributes, createdAt, modifiedAt: createdAt, tags: new Map() });
      queues.set(name, queue);
      save(queue);
      return queue;
    },
    get: (urlOrArn) => {
      const queue = urlOrArn.startsWith('arn:')
        ? findByArn(urlOrArn)
        : queues.get(urlOrArn.slice(urlOrArn.lastIndexOf('/') + 1));
      if (queue === undefined) throw queueDoesNotExist();
      return queue;
    },
    checkRedrive: (attributes) => {
      const target = redriveOf(attributes)?.deadLetterTargetArn;
      if (target === undefined || findByArn(target) !== undefined) return;
      throw invalidValue(
        `Value ${JSON.stringify(attributes.RedrivePolicy)} for parameter RedrivePolicy is invalid. ` +
          'Reason: Dead letter target does not exist.',
      );
    },
    remove: (queue) => {
      queue.close();
      queue.purge();
      queues.delete(queue.name);
      kept.delete(queue.name);
    },
    save,
  };
};
