import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  NotFoundException,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../local/endpoint';

let endpoint: Endpoint;
let sns: SNSClient;
let sqs: SQSClient;

beforeAll(async () => {
  endpoint = await startEndpoint({ iam: 'off' });
  const options = { endpoint: endpoint.url, region: 'us-east-1', credentials: endpoint.credentials };
  sns = new SNSClient(options);
  sqs = new SQSClient(options);
});
afterAll(() => endpoint.close());

test('the SDK publishes to a topic, and a queue gets what its filter lets through', async () => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }));
  const Attributes = { DisplayName: 'Done & dusted' };
  const Tags = [{ Key: 'a', Value: '1' }];
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'done', Attributes, Tags }));
  const { SubscriptionArn } = await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: endpoint.world.arn('sqs', 'inbox'),
      Attributes: { RawMessageDelivery: 'true', FilterPolicy: '{"status": ["FAILED"]}' },
    }),
  );
  const attributes = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(attributes.Attributes).toMatchObject({ ...Attributes, SubscriptionsConfirmed: '1' });
  const list = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(list.Subscriptions).toMatchObject([{ SubscriptionArn, Protocol: 'sqs', TopicArn }]);

  const withStatus = (status: string) => ({
    MessageAttributes: {
      status: { DataType: 'String', StringValue: status },
      bytes: { DataType: 'Binary', BinaryValue: Buffer.from([0, 1]) },
    },
  });
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: 'fine', ...withStatus('SUCCEEDED') }));
  expect(MessageId).toMatch(/^[\da-f-]{36}$/);
  const PublishBatchRequestEntries = [{ Id: 'one', Message: '<bad> & "quoted"', ...withStatus('FAILED') }];
  const batch = await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
  expect(batch.Successful).toMatchObject([{ Id: 'one' }]);
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      WaitTimeSeconds: 5,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    }),
  );
  expect(Messages).toMatchObject([
    {
      Body: '<bad> & "quoted"',
      MessageAttributes: { status: { StringValue: 'FAILED' }, bytes: { DataType: 'Binary' } },
    },
  ]);
});

test('the SDK gets the errors of SNS by their classes', async () => {
  const TopicArn = endpoint.world.arn('sns', 'none');
  await expect(sns.send(new PublishCommand({ TopicArn, Message: 'a' }))).rejects.toBeInstanceOf(NotFoundException);
});
