import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../local/endpoint';

let endpoint: Endpoint;
let events: EventBridgeClient;
let sqs: SQSClient;

beforeAll(async () => {
  endpoint = await startEndpoint({ iam: 'off' });
  const options = { endpoint: endpoint.url, region: 'us-east-1', credentials: endpoint.credentials };
  events = new EventBridgeClient(options);
  sqs = new SQSClient(options);
});
afterAll(() => endpoint.close());

test('the SDK puts an event, and a rule brings it to a queue', async () => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }));
  const EventPattern = JSON.stringify({ source: ['app'], detail: { size: [{ numeric: ['>', 1] }] } });
  const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'rule', EventPattern }));
  expect(await events.send(new DescribeRuleCommand({ Name: 'rule' }))).toMatchObject({ Arn: RuleArn, EventPattern });
  const Targets = [{ Id: 'inbox', Arn: endpoint.world.arn('sqs', 'inbox') }];
  await events.send(new PutTargetsCommand({ Rule: 'rule', Targets }));
  expect(await events.send(new ListTargetsByRuleCommand({ Rule: 'rule' }))).toMatchObject({ Targets });

  const entry = { Source: 'app', DetailType: 'Done', Time: new Date('2026-01-02T03:04:05Z') };
  const details = [{ size: 1 }, { size: 2 }].map((detail) => ({ ...entry, Detail: JSON.stringify(detail) }));
  const put = await events.send(new PutEventsCommand({ Entries: details }));
  expect(put.FailedEntryCount).toBe(0);
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MaxNumberOfMessages: 10 }),
  );
  expect(Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown)).toMatchObject([
    { id: put.Entries?.[1]?.EventId, time: '2026-01-02T03:04:05Z', 'detail-type': 'Done', detail: { size: 2 } },
  ]);
});

test('the SDK gets the errors of EventBridge by their names', async () => {
  await expect(events.send(new DescribeRuleCommand({ Name: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  const broken = new TestEventPatternCommand({ EventPattern: '{"source": "app"}', Event: '{}' });
  await expect(events.send(broken)).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
});
