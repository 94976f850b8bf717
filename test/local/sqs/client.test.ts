import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../local/endpoint';

let endpoint: Endpoint;
let client: SQSClient;

beforeAll(async () => {
  endpoint = await startEndpoint({ iam: 'off' });
  client = new SQSClient({ endpoint: endpoint.url, region: 'us-east-1', credentials: endpoint.credentials });
});
afterAll(() => endpoint.close());

// The client checks the MD5 of every body by itself.
test('the SDK sends, receives and deletes messages with attributes of every type', async () => {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'inbox' }));
  const MessageAttributes = {
    text: { DataType: 'String', StringValue: 'ünï©ode 🚀' },
    count: { DataType: 'Number', StringValue: '3' },
    bytes: { DataType: 'Binary', BinaryValue: Buffer.from([0, 1, 255]) },
  };
  const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'héllo', MessageAttributes }));
  await client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'two' }] }));
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  expect(Messages.map(({ Body }) => Body)).toEqual(['héllo', 'two']);
  const [first] = Messages;
  expect(first.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
  expect(first.MessageAttributes?.text).toMatchObject(MessageAttributes.text);
  expect(Buffer.from(first.MessageAttributes?.bytes.BinaryValue ?? [])).toEqual(MessageAttributes.bytes.BinaryValue);
  await client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first.ReceiptHandle, VisibilityTimeout: 60 }),
  );
  const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  expect((await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))).Successful).toHaveLength(2);
});

test('the SDK gets the errors of SQS by their classes', async () => {
  const missing = client.send(new GetQueueUrlCommand({ QueueName: 'none' }));
  await expect(missing).rejects.toBeInstanceOf(QueueDoesNotExist);
});
