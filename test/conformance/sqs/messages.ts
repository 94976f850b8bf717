import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  paginateListQueues,
  PurgeQueueCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { queueFor } from '../kit/queues';
import { table } from '../kit/table';

const GUIDE = 'AWSSimpleQueueService/latest/SQSDeveloperGuide';

export const messages = table('SQS', 'Messages', [
  {
    behaviour: 'a received message is hidden for the visibility time-out, then seen again and counted',
    source: `${GUIDE}/sqs-visibility-timeout.html`,
    local: async (target) => {
      const queue = await queueFor(target, { VisibilityTimeout: '60' });
      await queue.send('once');
      expect(await queue.receive()).toMatchObject([{ Attributes: { ApproximateReceiveCount: '1' } }]);
      await target.endpoint.world.clock.advance(59_000);
      expect(await queue.receive()).toEqual([]);
      await target.endpoint.world.clock.advance(2_000);
      expect(await queue.receive()).toMatchObject([{ Attributes: { ApproximateReceiveCount: '2' } }]);
    },
  },
  {
    behaviour: 'a visibility time-out of zero shows a message at once',
    source: `${GUIDE}/sqs-visibility-timeout.html`,
    test: async (target) => {
      const queue = await queueFor(target);
      await queue.send('back');
      const { ReceiptHandle } = await queue.next();
      const { sqs } = target.clients;
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queue.url, ReceiptHandle, VisibilityTimeout: 0 }));
      expect((await queue.next()).Body).toBe('back');
    },
  },
  {
    behaviour: 'a delayed message is hidden until its delay has passed',
    source: `${GUIDE}/sqs-message-timers.html`,
    local: async (target) => {
      const queue = await queueFor(target);
      await queue.send('later', 900);
      expect(await queue.attributes()).toMatchObject({ ApproximateNumberOfMessagesDelayed: '1' });
      await target.endpoint.world.clock.advance(899_000);
      expect(await queue.receive()).toEqual([]);
      await target.endpoint.world.clock.advance(2_000);
      expect(await queue.receive()).toMatchObject([{ Body: 'later' }]);
    },
  },
  {
    behaviour: 'long polling answers as soon as a message comes, and empty when its time is up',
    source: `${GUIDE}/sqs-short-and-long-polling.html`,
    local: async (target) => {
      const queue = await queueFor(target);
      const first = queue.receive({ WaitTimeSeconds: 20 });
      await queue.send('now');
      expect(await first).toHaveLength(1);
      let answer: readonly unknown[] | undefined;
      const second = queue.receive({ WaitTimeSeconds: 20 }).then((received) => (answer = received));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(answer).toBeUndefined();
      await target.endpoint.world.clock.advance(20_000);
      expect(await second).toEqual([]);
    },
  },
  {
    behaviour: 'a message that was received maxReceiveCount times goes to the dead-letter queue, with its id',
    source: `${GUIDE}/sqs-dead-letter-queues.html`,
    local: async (target) => {
      const dead = await queueFor(target);
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 });
      const queue = await queueFor(target, { RedrivePolicy, VisibilityTimeout: '10' });
      const { MessageId } = await queue.send('poison');
      for (let received = 0; received < 3; received += 1) {
        expect(await queue.receive()).toHaveLength(1);
        await target.endpoint.world.clock.advance(11_000);
      }
      expect(await queue.receive()).toEqual([]);
      expect(await dead.receive()).toMatchObject([{ MessageId, Body: 'poison' }]);
    },
  },
  {
    behaviour: 'a message is gone when the retention period is over',
    source: 'AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
    local: async (target) => {
      const queue = await queueFor(target, { MessageRetentionPeriod: '3600' });
      await queue.send('old');
      await target.endpoint.world.clock.advance(3_601_000);
      expect(await queue.receive()).toEqual([]);
    },
  },
  {
    behaviour: 'each entry of a batch succeeds or fails on its own',
    source: 'AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html',
    test: async (target) => {
      const { url: QueueUrl } = await queueFor(target);
      const Entries = [
        { Id: 'good', MessageBody: 'fine' },
        { Id: 'bad', MessageBody: '\u0001' },
      ];
      const { Successful, Failed } = await target.clients.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      expect(Successful?.map(({ Id }) => Id)).toEqual(['good']);
      expect(Failed).toMatchObject([{ Id: 'bad', SenderFault: true }]);
    },
  },
  {
    behaviour: 'a batch has one to ten entries with ids of their own',
    source: 'AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html',
    test: async (target) => {
      const { url: QueueUrl } = await queueFor(target);
      const entries = (...ids: readonly string[]) => ids.map((Id) => ({ Id, ReceiptHandle: 'x' }));
      const refused = [
        ['EmptyBatchRequest', entries()],
        ['BatchEntryIdsNotDistinct', entries('a', 'a')],
        ['TooManyEntriesInBatchRequest', entries(...Array.from({ length: 11 }, String))],
      ] as const;
      for (const [name, Entries] of refused) {
        const command = new DeleteMessageBatchCommand({ QueueUrl, Entries: [...Entries] });
        await expect(target.clients.sqs.send(command)).rejects.toMatchObject({ name });
      }
    },
  },
  {
    behaviour: 'a message has at most 1 MiB, its attributes included',
    source: `${GUIDE}/quotas-messages.html`,
    test: async (target) => {
      const { url: QueueUrl } = await queueFor(target);
      const send = (MessageBody: string, attribute?: string) =>
        target.clients.sqs.send(
          new SendMessageCommand({
            ...{ QueueUrl, MessageBody },
            ...(attribute !== undefined && {
              MessageAttributes: { note: { DataType: 'String', StringValue: attribute } },
            }),
          }),
        );
      await send('x'.repeat(1_048_576));
      await expect(send('x'.repeat(1_048_577))).rejects.toThrow();
      await expect(send('x'.repeat(1_048_570), 'too much')).rejects.toThrow();
    },
  },
  {
    behaviour: 'attributes of a message come with it when asked for, with the MD5 that clients check',
    source: `${GUIDE}/sqs-message-metadata.html`,
    test: async (target) => {
      const queue = await queueFor(target);
      const MessageAttributes = {
        City: { DataType: 'String', StringValue: 'Any City' },
        Size: { DataType: 'Number', StringValue: '230.000000000000000001' },
        Data: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
      };
      const { sqs } = target.clients;
      await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'b', MessageAttributes }));
      expect((await queue.next()).MessageAttributes).toEqual(MessageAttributes);
    },
  },
  {
    behaviour: 'a purged queue is empty, messages in flight included',
    source: `${GUIDE}/sqs-using-purge-queue.html`,
    local: async (target) => {
      const queue = await queueFor(target);
      await queue.send('one');
      await queue.send('two');
      await queue.receive();
      await target.clients.sqs.send(new PurgeQueueCommand({ QueueUrl: queue.url }));
      await target.endpoint.world.clock.advance(60_000);
      expect(await queue.receive()).toEqual([]);
    },
  },
  {
    behaviour: 'queues are listed by their prefix, page by page',
    source: 'AWSSimpleQueueService/latest/APIReference/API_ListQueues.html',
    test: async (target) => {
      const prefix = target.name('listed');
      const named = { ...target, name: (of: string) => `${prefix}-${target.name(of)}` };
      for (let created = 0; created < 3; created += 1) await queueFor(named);
      await target.eventually(async () => {
        const sizes: number[] = [];
        const pages = paginateListQueues({ client: target.clients.sqs, pageSize: 2 }, { QueueNamePrefix: prefix });
        for await (const { QueueUrls = [] } of pages) sizes.push(QueueUrls.length);
        expect(sizes).toEqual([2, 1]);
      });
    },
  },
]);
