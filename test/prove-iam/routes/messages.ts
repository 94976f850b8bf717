import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Visit } from '../subject';

/** Waits until a queue, by the beginning of its logical id, holds a message; `meanwhile` runs between two looks. */
export const holdsMessages = (visit: Visit, queue: string, meanwhile?: () => Promise<void>): Promise<void> => {
  const QueueUrl = visit.id(queue);
  const ask = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] });
  return visit.eventually(async () => {
    await meanwhile?.();
    const { Attributes } = await visit.clients.sqs.send(ask);
    if (Attributes?.ApproximateNumberOfMessages === '0') throw new Error(`${queue} holds no message`);
  });
};
