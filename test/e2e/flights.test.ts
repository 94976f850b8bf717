import { BatchClient } from '@aws-sdk/client-batch';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions } from '../../examples/flights/demo/client';
import { runCli } from '../../examples/flights/demo/cli';
import { deploy, type Outputs } from '../../examples/flights/demo/deploy';
import { startEndpointProcess, type RunningEndpoint } from '../../examples/flights/demo/endpoint';
import { Inbox } from '../../examples/flights/demo/inbox';
import { IMAGE, PATHS } from '../../examples/flights/demo/paths';
import { storedResult } from '../../examples/flights/demo/results';
import { readFlights, upload } from '../../examples/flights/demo/upload';
import { attempts, watch } from '../../examples/flights/demo/watch';
import { totalByHour } from '../../examples/flights/shared/delay-by-hour';
import { clientEnvironment } from '../../local/environment';
import { emptyBucket, leftovers } from './support/account';

/** Built once: the real CDK CLI, the real bundles, unmodified SDK clients. The tests tell one story, in order. */
describe('the flights example', () => {
  let endpoint: RunningEndpoint;
  let outputs: Outputs;
  let inbox: Inbox;
  const scratch = mkdtempSync(join(tmpdir(), 'flights-e2e-'));
  const never = new AbortController().signal;
  const client = () => clientOptions(endpoint);
  const environment = () => clientEnvironment(endpoint.url, process.env);

  beforeAll(async () => {
    endpoint = await startEndpointProcess({ [IMAGE]: PATHS.jobs });
    outputs = await deploy(environment(), scratch, never);
    inbox = await Inbox.subscribe(new SQSClient(client()), new SNSClient(client()), outputs.Topic);
  });

  afterAll(async () => {
    await endpoint.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  test('an upload runs the pipeline, whose result equals a direct computation', async () => {
    const flights = readFlights();
    await upload(new S3Client(client()), outputs.Bucket, flights);
    const execution = await watch(new SFNClient(client()), new BatchClient(client()), outputs.StateMachine);

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(await storedResult(new DynamoDBClient(client()), outputs.Results)).toEqual(totalByHour(flights));
    expect(await attempts(new BatchClient(client()), execution.arrayJobId ?? '', 42)).toBe(2);
    expect(await attempts(new BatchClient(client()), execution.arrayJobId ?? '', 41)).toBe(1);
    expect(await inbox.next()).toMatchObject({ status: 'SUCCEEDED', count: 200 });
  });

  test('a manifest with a bad line fails the execution with the number of the line, and runs nothing', async () => {
    const Body = '{"bucket": "b", "key": "k"}\nnot json\n';
    await new S3Client(client()).send(
      new PutObjectCommand({ Bucket: outputs.Bucket, Key: 'incoming/bad/manifest.jsonl', Body }),
    );
    const notification = await inbox.next();
    expect(notification).toMatchObject({ status: 'FAILED', error: 'InvalidManifest' });
    expect(notification?.cause).toContain('line 2');
  });

  test('an empty manifest succeeds without a job', async () => {
    await new S3Client(client()).send(
      new PutObjectCommand({ Bucket: outputs.Bucket, Key: 'incoming/empty/manifest.jsonl', Body: '\n' }),
    );
    expect(await inbox.next()).toMatchObject({ status: 'SUCCEEDED', count: 0 });
  });

  test('each submission has one record with its outcome', async () => {
    const { Items = [] } = await new DynamoDBClient(client()).send(new ScanCommand({ TableName: outputs.Results }));
    expect(Items.map((item) => item.status.S).sort()).toEqual(['FAILED', 'SUCCEEDED', 'SUCCEEDED']);
  });

  test('an object outside of the trigger starts nothing', async () => {
    const sfn = new SFNClient(client());
    await new S3Client(client()).send(
      new PutObjectCommand({ Bucket: outputs.Bucket, Key: 'elsewhere/manifest.jsonl', Body: '\n' }),
    );
    const { executions } = await sfn.send(new ListExecutionsCommand({ stateMachineArn: outputs.StateMachine }));
    expect(executions).toHaveLength(3);
  });

  test('a second deployment finds nothing to change', async () => {
    const lines: string[] = [];
    const args = ['deploy', 'Flights', '--app', join(scratch, 'cdk.out'), '--require-approval', 'never'];
    expect(await runCli(args, environment(), never, (line) => lines.push(line))).toBe(0);
    expect(lines.join('\n')).toContain('no changes');
  });

  test('destroying it leaves nothing behind', async () => {
    await emptyBucket(new S3Client(client()), outputs.Bucket);
    await inbox.close();
    const lines: string[] = [];
    const args = ['destroy', 'Flights', '--app', join(scratch, 'cdk.out'), '--force'];
    expect(await runCli(args, environment(), never, (line) => lines.push(line)), lines.join('\n')).toBe(0);
    const left = await leftovers(client());
    expect(Object.entries(left).filter(([, names]) => names.length > 0)).toEqual([]);
  });
});
