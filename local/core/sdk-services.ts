/** A service that Step Functions and EventBridge Scheduler call by its name in the SDK. */
export interface SdkService {
  /** Its name in this endpoint. */
  readonly service: string;
  /** Beginning of its error names in Step Functions. */
  readonly prefix: string;
  /** True when its API names members `jobName` rather than `JobName`. */
  readonly isCamelCase?: boolean;
}

/** By their names in `aws-sdk:<service>:<operation>`. */
export const SDK_SERVICES: ReadonlyMap<string, SdkService> = new Map([
  ['batch', { service: 'batch', prefix: 'Batch', isCamelCase: true }],
  ['cloudwatch', { service: 'cloudwatch', prefix: 'CloudWatch' }],
  ['cloudwatchlogs', { service: 'logs', prefix: 'CloudWatchLogs', isCamelCase: true }],
  ['dynamodb', { service: 'dynamodb', prefix: 'DynamoDb' }],
  ['eventbridge', { service: 'events', prefix: 'EventBridge' }],
  ['kms', { service: 'kms', prefix: 'Kms' }],
  ['lambda', { service: 'lambda', prefix: 'Lambda' }],
  ['s3', { service: 's3', prefix: 'S3' }],
  ['scheduler', { service: 'scheduler', prefix: 'Scheduler' }],
  ['secretsmanager', { service: 'secretsmanager', prefix: 'SecretsManager' }],
  ['sfn', { service: 'states', prefix: 'Sfn', isCamelCase: true }],
  ['sns', { service: 'sns', prefix: 'Sns' }],
  ['sqs', { service: 'sqs', prefix: 'Sqs' }],
  ['ssm', { service: 'ssm', prefix: 'Ssm' }],
  ['sts', { service: 'sts', prefix: 'Sts' }],
]);
