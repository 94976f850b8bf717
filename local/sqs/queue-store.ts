import { AwsError, notSupported } from '../core/errors';
import type { World } from '../core/world';
import { invalidValue, queueDoesNotExist } from './errors';
import { createQueue, type Queue } from './queue';
import { redriveOf, type QueueAttributes } from './queue-attributes';

/** All queues, by name. */
export interface QueueStore {
  all(): readonly Queue[];
  find(name: string): Queue | undefined;
  create(name: string, attributes: QueueAttributes): Queue;
  /** The queue of a URL; those who only know an ARN may give that. */
  get(urlOrArn: string): Queue;
  remove(queue: Queue): void;
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
  const queues = new Map<string, Queue>();
  world.onClose(() => {
    for (const queue of queues.values()) queue.close();
  });
  const findByArn = (arn: string): Queue | undefined => queues.get(arn.slice(arn.lastIndexOf(':') + 1));

  return {
    all: () => [...queues.values()],
    find: (name) => queues.get(name),
    create: (name, attributes) => {
      checkName(name);
      const url = `${world.url}/${world.account}/${name}`;
      const queue = createQueue({ name, arn: world.arn('sqs', name), url, attributes, findByArn });
      queues.set(name, queue);
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
      queues.delete(queue.name);
    },
  };
};
