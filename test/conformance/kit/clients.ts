import { BatchClient } from '@aws-sdk/client-batch';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';

/** Where clients call, and as whom. */
export interface ClientOptions {
  /** AWS itself when absent. */
  readonly endpoint?: string;
  readonly region: string;
  /** The default chain of the SDK when absent. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly maxAttempts?: number;
}

/** Unmodified SDK clients of every service that the endpoint speaks. */
export const clientsFor = (options: ClientOptions) => ({
  batch: new BatchClient(options),
  cloudformation: new CloudFormationClient(options),
  cloudwatch: new CloudWatchClient(options),
  dynamodb: new DynamoDBClient(options),
  events: new EventBridgeClient(options),
  iam: new IAMClient(options),
  kms: new KMSClient(options),
  lambda: new LambdaClient(options),
  logs: new CloudWatchLogsClient(options),
  // An endpoint on a port of this machine has no names for buckets.
  s3: new S3Client({ ...options, forcePathStyle: options.endpoint !== undefined }),
  scheduler: new SchedulerClient(options),
  secrets: new SecretsManagerClient(options),
  sfn: new SFNClient(options),
  sns: new SNSClient(options),
  sqs: new SQSClient(options),
  ssm: new SSMClient(options),
  sts: new STSClient(options),
});

export type Clients = ReturnType<typeof clientsFor>;
