import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { Target } from './target';

type Attributes = Partial<Record<QueueAttributeName, string>>;

/** A policy that lets a service send to a queue. */
export const openTo = (service: string, arn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sqs:SendMessage', Resource: arn },
  });

/** A queue, and what rows do with it. */
export const queueFor = async ({ clients: { sqs }, name, cleanup, eventually }: Target, wanted: Attributes = {}) => {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name('queue'), Attributes: wanted }));
  cleanup(() => sqs.send(new DeleteQueueCommand({ QueueUrl })));
  const attributes = async (): Promise<Attributes> =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes ?? {};
  const receive = async (more: Partial<ReceiveMessageCommandInput> = {}): Promise<readonly Message[]> =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'], ...more }))).Messages ??
    [];
  return {
    url: QueueUrl,
    arn: (await attributes()).QueueArn ?? '',
    attributes,
    receive,
    send: (MessageBody: string, DelaySeconds?: number) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds })),
    remove: ({ ReceiptHandle }: Message) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
    /** Waits for the next message. */
    next: () =>
      eventually(async () => {
        const [message] = await receive({ MessageAttributeNames: ['All'] });
        expect(message).toBeDefined();
        return message;
      }),
  };
};

export type TestQueue = Awaited<ReturnType<typeof queueFor>>;
