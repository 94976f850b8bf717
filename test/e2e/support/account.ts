import {
  BatchClient,
  DescribeComputeEnvironmentsCommand,
  DescribeJobDefinitionsCommand,
  DescribeJobQueuesCommand,
} from '@aws-sdk/client-batch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DeleteObjectsCommand, ListBucketsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { clientOptions } from '../../../examples/flights/demo/client';

type ClientOptions = ReturnType<typeof clientOptions>;

/** Names of everything that stacks have left in the account, by kind. */
export async function leftovers(options: ClientOptions): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const batch = new BatchClient(options);
  const [environments, queues, definitions, tables, rules, functions, buckets, machines, topics, sqsQueues, logGroups] =
    await Promise.all([
      batch.send(new DescribeComputeEnvironmentsCommand({})),
      batch.send(new DescribeJobQueuesCommand({})),
      batch.send(new DescribeJobDefinitionsCommand({ status: 'ACTIVE' })),
      new DynamoDBClient(options).send(new ListTablesCommand({})),
      new EventBridgeClient(options).send(new ListRulesCommand({})),
      new LambdaClient(options).send(new ListFunctionsCommand({})),
      new S3Client(options).send(new ListBucketsCommand({})),
      new SFNClient(options).send(new ListStateMachinesCommand({})),
      new SNSClient(options).send(new ListTopicsCommand({})),
      new SQSClient(options).send(new ListQueuesCommand({})),
      new CloudWatchLogsClient(options).send(new DescribeLogGroupsCommand({})),
    ]);
  return {
    computeEnvironments: (environments.computeEnvironments ?? []).map((one) => one.computeEnvironmentName),
    jobQueues: (queues.jobQueues ?? []).map((one) => one.jobQueueName),
    jobDefinitions: (definitions.jobDefinitions ?? []).map((one) => one.jobDefinitionName),
    tables: tables.TableNames ?? [],
    rules: (rules.Rules ?? []).map((one) => one.Name),
    functions: (functions.Functions ?? []).map((one) => one.FunctionName),
    // The bucket with the assets belongs to the bootstrap, as it does in AWS.
    buckets: (buckets.Buckets ?? []).map((one) => one.Name).filter((name) => name?.startsWith('cdk-') !== true),
    stateMachines: (machines.stateMachines ?? []).map((one) => one.name),
    topics: (topics.Topics ?? []).map((one) => one.TopicArn),
    queues: sqsQueues.QueueUrls ?? [],
    logGroups: (logGroups.logGroups ?? []).map((one) => one.logGroupName),
  };
}

/** What a person does before a bucket can be removed: deletes every version of every object. */
export async function emptyBucket(s3: S3Client, bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
  }
}
