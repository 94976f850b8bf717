import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
  paginateGetLogEvents,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../local/endpoint';

let endpoint: Endpoint;
let client: CloudWatchLogsClient;

beforeAll(async () => {
  endpoint = await startEndpoint();
  client = new CloudWatchLogsClient({ endpoint: endpoint.url, region: 'us-east-1', credentials: endpoint.credentials });
});
afterAll(() => endpoint.close());

const logGroupName = '/app/jobs';
const logStreamName = 'job/default/1';

test('the SDK writes lines and pages through them until they end', async () => {
  await client.send(new CreateLogGroupCommand({ logGroupName }));
  await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const now = Date.now();
  const lines = Array.from({ length: 25 }, (_, index) => `line ${index}`);
  const logEvents = lines.map((message, index) => ({ timestamp: now + index, message }));
  await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));

  const read: (string | undefined)[] = [];
  const pages = paginateGetLogEvents(
    { client, stopOnSameToken: true },
    { logGroupName, logStreamName, startFromHead: true, limit: 10 },
  );
  for await (const { events = [] } of pages) read.push(...events.map(({ message }) => message));
  expect(read).toEqual(lines);

  const streams = await client.send(new DescribeLogStreamsCommand({ logGroupName }));
  expect(streams.logStreams).toMatchObject([{ logStreamName, firstEventTimestamp: now, lastEventTimestamp: now + 24 }]);
  const found = await client.send(new FilterLogEventsCommand({ logGroupName, filterPattern: '"line 24"' }));
  expect(found.events).toMatchObject([{ logStreamName, message: 'line 24' }]);
});

test('the SDK gets the errors of CloudWatch Logs by their classes', async () => {
  const again = client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  await expect(again).rejects.toBeInstanceOf(ResourceAlreadyExistsException);
});
