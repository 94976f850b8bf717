import { randomUUID } from 'node:crypto';
import { BatchClient } from '@aws-sdk/client-batch';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll } from 'vitest';
import { startEndpoint, type Endpoint } from '../../local/endpoint';
import { s3Objects } from '../../lambda/shared/objects';
import { resultsTable } from '../../lambda/shared/results-table';
import { allOf } from './support';

/** Unmodified clients of the local endpoint, and a few words of a person who looks at what handlers did. */
export class Aws {
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  readonly batch: BatchClient;

  readonly url: string;

  constructor({ url, credentials }: Endpoint) {
    this.url = url;
    const options = { endpoint: url, region: 'us-east-1', credentials };
    this.s3 = new S3Client(options);
    this.dynamodb = new DynamoDBClient(options);
    this.batch = new BatchClient(options);
  }

  async newBucket(): Promise<string> {
    const bucket = `data-${randomUUID()}`;
    await this.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    return bucket;
  }

  async put(bucket: string, key: string, body: string | Uint8Array): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }

  /** The bytes of an object, or the range of them that a child would read. */
  async get(bucket: string, key: string, range?: string): Promise<string> {
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range }));
    return (await Body?.transformToString()) ?? '';
  }

  async newTable(): Promise<string> {
    const name = `results-${randomUUID()}`;
    await this.dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pipeline', 'submissionId'].map((key) => ({ AttributeName: key, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pipeline', KeyType: 'HASH' },
          { AttributeName: 'submissionId', KeyType: 'RANGE' },
        ],
      }),
    );
    await waitUntilTableExists(
      { client: this.dynamodb, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 },
      { TableName: name },
    );
    return name;
  }

  /** The record of a submission, as plain values. */
  async record(table: string, pipeline: string, submissionId: string): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.dynamodb.send(
      new GetItemCommand({ TableName: table, Key: { pipeline: { S: pipeline }, submissionId: { S: submissionId } } }),
    );
    if (Item === undefined) return undefined;
    return Object.fromEntries(Object.entries(Item).map(([name, { S, N }]) => [name, S ?? Number(N)]));
  }

  /** What index.ts hands to a handler of pipelines. */
  async dependencies() {
    const [bucket, tableName] = await Promise.all([this.newBucket(), this.newTable()]);
    const table = resultsTable(this.dynamodb, tableName);
    return { bucket, sources: allOf(bucket), tableName, table, objects: s3Objects(this.s3), now: () => 1_000 };
  }
}

/** An endpoint for the tests of a file. */
export const useAws = (): (() => Aws) => {
  let endpoint: Endpoint | undefined;
  let aws: Aws | undefined;
  beforeAll(async () => {
    endpoint = await startEndpoint();
    aws = new Aws(endpoint);
  });
  afterAll(() => endpoint?.close());
  return () => {
    if (aws === undefined) throw new Error('the endpoint runs only while the tests of the file run');
    return aws;
  };
};
