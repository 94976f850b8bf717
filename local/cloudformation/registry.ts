import type { ResourceType, ResourceTypes } from './types/resource-type';
import { batchComputeEnvironment } from './resources/batch-compute-environment';
import { batchJobDefinition } from './resources/batch-job-definition';
import { batchJobQueue } from './resources/batch-job-queue';
import { batchSettings } from './resources/batch-settings';
import { dynamodbTable } from './resources/dynamodb-table';
import { eventsRule } from './resources/events-rule';
import { iamTypes } from './resources/iam';
import { inertTypes } from './resources/inert';
import { kmsTypes } from './resources/kms';
import { lambdaAlias } from './resources/lambda-alias';
import { lambdaEventInvokeConfig } from './resources/lambda-event-invoke-config';
import { lambdaEventSourceMapping } from './resources/lambda-event-source-mapping';
import { lambdaFunction } from './resources/lambda-function';
import { lambdaPermission } from './resources/lambda-permission';
import { logGroup } from './resources/log-group';
import { pipe } from './resources/pipe';
import { s3Bucket } from './resources/s3-bucket';
import { s3BucketPolicy } from './resources/s3-bucket-policy';
import { scheduleTypes } from './resources/schedules';
import { secret } from './resources/secret';
import { snsSubscription } from './resources/sns-subscription';
import { snsTopic } from './resources/sns-topic';
import { snsTopicPolicy, sqsQueuePolicy } from './resources/message-policies';
import { sqsQueue } from './resources/sqs-queue';
import { ssmParameter } from './resources/ssm-parameter';
import { stateMachine } from './resources/state-machine';

/** Types that do what they say. */
export const servedTypes: readonly ResourceType[] = [
  batchComputeEnvironment,
  batchJobDefinition,
  batchJobQueue,
  ...batchSettings,
  dynamodbTable,
  eventsRule,
  ...iamTypes,
  ...kmsTypes,
  lambdaAlias,
  lambdaEventInvokeConfig,
  lambdaEventSourceMapping,
  lambdaFunction,
  lambdaPermission,
  logGroup,
  pipe,
  s3Bucket,
  s3BucketPolicy,
  ...scheduleTypes,
  secret,
  snsSubscription,
  snsTopic,
  snsTopicPolicy,
  sqsQueue,
  sqsQueuePolicy,
  ssmParameter,
  stateMachine,
];

/** The closed list: a template with any other type is refused. */
export const resourceTypes: ResourceTypes = new Map([...servedTypes, ...inertTypes].map((type) => [type.type, type]));
