import { Duration } from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';

/** What AWS Batch answers `submitJob.sync` when trying again helps. A job that failed is none of these. */
const TRANSIENT = ['Batch.ServerException', 'Batch.AWSBatchException', 'Batch.TooManyRequestsException'];

/** The same as integrations of the AWS SDK call it. */
const TRANSIENT_OF_SDK = ['Batch.ServerException', 'Batch.BatchException', 'Batch.SdkClientException'];

const INTERVAL_SECONDS = 2;
const MAX_DELAY_SECONDS = 300;
const MAX_ATTEMPTS = 12;
const BACKOFF_RATE = 2;

/** Repeats what AWS Batch could not take, for about half an hour. @internal */
export function batchRetry(isOptimized: boolean): sfn.RetryProps {
  return {
    errors: isOptimized ? TRANSIENT : TRANSIENT_OF_SDK,
    interval: Duration.seconds(INTERVAL_SECONDS),
    backoffRate: BACKOFF_RATE,
    maxDelay: Duration.seconds(MAX_DELAY_SECONDS),
    maxAttempts: MAX_ATTEMPTS,
    jitterStrategy: sfn.JitterType.FULL,
  };
}

/** The same for calls of the AWS SDK in states that are written as JSON. @internal */
export const SDK_RETRIER = {
  ErrorEquals: TRANSIENT_OF_SDK,
  IntervalSeconds: INTERVAL_SECONDS,
  BackoffRate: BACKOFF_RATE,
  MaxDelaySeconds: MAX_DELAY_SECONDS,
  MaxAttempts: MAX_ATTEMPTS,
  JitterStrategy: sfn.JitterType.FULL,
} as const;
