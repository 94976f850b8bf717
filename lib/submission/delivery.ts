import { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';
import type { IBatchJob } from '../job/batch-job-interface';
import { deadLetterQueue } from '../operations/dead-letter-queue';
import { checkRange, fail } from '../private/check';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { DeliveryOptions } from './delivery-options';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const MAX_RETRIES = 185;
const MIN_AGE = Duration.minutes(1);
const MAX_AGE = Duration.days(1);

/** How EventBridge delivers, as rules and schedules have it. @internal */
export interface Delivery {
  readonly deadLetterQueue: sqs.IQueue;
  readonly retryPolicy: { readonly maximumRetryAttempts: number; readonly maximumEventAgeInSeconds: number };
}

/** How often and how long EventBridge tries, and where it leaves what it could not deliver. @internal */
export function deliveryOf(scope: Construct, id: string, options: DeliveryOptions, key?: kms.IKey): Delivery {
  const { retryAttempts = MAX_RETRIES, maxEventAge = MAX_AGE } = options;
  checkRange(scope, 'retryAttempts', retryAttempts, 0, MAX_RETRIES);
  const milliseconds = maxEventAge.isUnresolved() ? undefined : maxEventAge.toMilliseconds();
  if (
    milliseconds !== undefined &&
    (milliseconds < MIN_AGE.toMilliseconds() || milliseconds > MAX_AGE.toMilliseconds())
  ) {
    throw fail(
      scope,
      `'maxEventAge' must be from ${MIN_AGE.toHumanString()} to ${MAX_AGE.toHumanString()}, got ` +
        maxEventAge.toHumanString(),
    );
  }
  return {
    deadLetterQueue: options.deadLetterQueue ?? deadLetterQueue(scope, id, key),
    retryPolicy: { maximumRetryAttempts: retryAttempts, maximumEventAgeInSeconds: maxEventAge.toSeconds() },
  };
}

/** A scope for what a rule or a schedule needs to submit a job. @internal */
export function scopeIn(parent: IConstruct, id: string): Construct {
  const candidate: unknown = parent;
  if (Construct.isConstruct(candidate)) return new Construct(candidate, id);
  throw fail(parent, `this target is for rules and schedules that are constructs`);
}

/** Lets `role` submit this job, any revision of it, to this queue. @internal */
export function grantSubmission(role: iam.IRole, job: IBatchJob, queue: IJobQueue = job.queue): void {
  job.grants.submit(role);
  queue.grants.submit(role);
}
