import { BatchClient, DescribeJobDefinitionsCommand } from '@aws-sdk/client-batch';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
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

const UNATTENDED = ['--require-approval', 'never'];

/** Built once: the real CDK CLI, the real bundles, unmodified SDK clients. The tests tell one story, in order. */
describe('the flights example', () => {
  let endpoint: RunningEndpoint;
  let outputs: Outputs;
  let inbox: Inbox;
  const scratch = mkdtempSync(join(tmpdir(), 'flights-e2e-'));
  const never = new AbortController().signal;
  const client = () => clientOptions(endpoint);
  const environment = () => clientEnvironment(endpoint.url, process.env);

  const cdk = async (args: readonly string[]) => {
    const lines: string[] = [];
    const status = await runCli(args, environment(), never, (line) => lines.push(line));
    return { status, output: lines.join('\n') };
  };
  /** Deploys the app anew, with another image. */
  const update = (image: string) => {
    const app = ['--app', `node "${PATHS.app}"`, '--output', join(scratch, 'cdk.out')];
    return cdk(['deploy', 'Flights', ...app, '-c', `image=${image}`, ...UNATTENDED]);
  };

  const objects = async () => {
    const { Versions = [] } = await new S3Client(client()).send(
      new ListObjectVersionsCommand({ Bucket: outputs.Bucket }),
    );
    return Versions.map(({ Key, ETag }) => `${Key ?? ''} ${ETag ?? ''}`);
  };
  const data = async () => {
    const { Items = [] } = await new DynamoDBClient(client()).send(new ScanCommand({ TableName: outputs.Results }));
    return { objects: await objects(), rows: Items };
  };
  let before: Awaited<ReturnType<typeof data>>;

  const images = async () => {
    const { jobDefinitions = [] } = await new BatchClient(client()).send(
      new DescribeJobDefinitionsCommand({ status: 'ACTIVE' }),
    );
    const sorted = [...jobDefinitions].sort((one, other) => (one.revision ?? 0) - (other.revision ?? 0));
    const latest = new Map(sorted.map((one) => [one.jobDefinitionName, one.containerProperties?.image]));
    return [...latest.values()];
  };

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
    const { status, output } = await cdk(['deploy', 'Flights', '--app', join(scratch, 'cdk.out'), ...UNATTENDED]);
    expect(status).toBe(0);
    expect(output).toContain('no changes');
    before = await data();
  });

  test('an update changes what it must, and keeps the data', async () => {
    expect(await update('example/image:2')).toMatchObject({ status: 0 });
    expect(await images()).toEqual(['example/image:2', 'example/image:2']);
    expect(await data()).toEqual(before);
  });

  test('an update that fails is rolled back, and keeps the data', async () => {
    const { status, output } = await update('example/image,3');
    expect(status).toBe(1);
    expect(output).toContain('Container.image contains invalid characters');
    const { Stacks } = await new CloudFormationClient(client()).send(
      new DescribeStacksCommand({ StackName: 'Flights' }),
    );
    expect(Stacks?.at(0)?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await images()).toEqual(['example/image:2', 'example/image:2']);
    expect(await data()).toEqual(before);
  });

  test('destroying it keeps a bucket with data in it and says so; without data, nothing is left', async () => {
    const args = ['destroy', 'Flights', '--app', join(scratch, 'cdk.out'), '--force'];
    const refused = await cdk(args);
    expect(refused.status).toBe(1);
    expect(refused.output).toContain('still holds objects');
    expect(await objects()).toEqual(before.objects);
    await emptyBucket(new S3Client(client()), outputs.Bucket);
    await inbox.close();
    const { status, output } = await cdk(args);
    expect(status, output).toBe(0);
    // Former revisions stay, for jobs that were submitted by them.
    const left = { ...(await leftovers(client())), jobDefinitions: [] };
    expect(Object.entries(left).filter(([, names]) => names.length > 0)).toEqual([]);
  });
});
