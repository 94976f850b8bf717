import { Duration, Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { SUBMISSIONS_PREFIX } from '../contracts/layout';
import { COLLECT_ENV, PLAN_ENV } from '../contracts/pipeline';
import { grantBucketRead, grantBucketWrite } from '../job/bucket-access';
import { bundledFunction } from '../private/bundled-function';
import { grantTable } from '../private/grant-table';
import type { PipelineTriggerConfig } from './pipeline-trigger-interface';

/** What both functions of a pipeline work with. @internal */
export interface PipelineStores {
  readonly bucket: s3.IBucket;
  readonly resultsTable: dynamodb.ITable;
  readonly encryptionKey: kms.IKey;
}

/** The function that turns the input of an execution into items, once for each input. @internal */
export function planFunction(
  scope: Construct,
  stores: PipelineStores,
  trigger: PipelineTriggerConfig,
): lambda.IFunction {
  const { bucket, resultsTable, encryptionKey } = stores;
  const source = trigger.bucket ?? bucket;
  const plan = bundledFunction(scope, 'PlanFunction', {
    handler: 'plan',
    description: 'Turns the input of a pipeline into items',
    environment: {
      [PLAN_ENV.bucket]: bucket.bucketName,
      [PLAN_ENV.sources]: Stack.of(scope).toJsonString([{ bucket: source.bucketName, prefix: trigger.prefix ?? '' }]),
      [PLAN_ENV.table]: resultsTable.tableName,
    },
    // 10,000 items of 4 KiB are held as text and as the object that is written.
    memoryMiB: 1024,
    timeout: Duration.minutes(5),
    encryptionKey,
  });
  grantBucketRead(source, plan, trigger.prefix);
  grantBucketWrite(bucket, plan, `${SUBMISSIONS_PREFIX}*/items.jsonl`);
  grantTable(resultsTable, plan, 'dynamodb:PutItem', 'dynamodb:UpdateItem');
  return plan;
}

/** The function that ends the record of a submission. @internal */
export function collectFunction(scope: Construct, stores: PipelineStores): lambda.IFunction {
  const { bucket, resultsTable, encryptionKey } = stores;
  const collect = bundledFunction(scope, 'CollectFunction', {
    handler: 'collect',
    description: 'Records how a submission of a pipeline ended',
    environment: { [COLLECT_ENV.bucket]: bucket.bucketName, [COLLECT_ENV.table]: resultsTable.tableName },
    timeout: Duration.minutes(5),
    encryptionKey,
  });
  grantBucketRead(bucket, collect, SUBMISSIONS_PREFIX);
  grantTable(resultsTable, collect, 'dynamodb:UpdateItem');
  return collect;
}
