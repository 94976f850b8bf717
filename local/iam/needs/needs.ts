import type { Call } from '../../core/service';
import type { World } from '../../core/world';
import { cloudformationNeeds, iamNeeds, kmsNeeds, secretsNeeds, stsNeeds } from './account';
import { batchNeeds } from './batch';
import { eventsNeeds, lambdaNeeds, schedulerNeeds, statesNeeds } from './compute';
import { cloudwatchNeeds, dynamodbNeeds, logsNeeds, ssmNeeds } from './data';
import { snsNeeds, sqsNeeds } from './messages';
import type { Need, NeedsOf } from './need';
import { s3Needs } from './s3';

const BY_SERVICE: ReadonlyMap<string, NeedsOf> = new Map([
  ['batch', batchNeeds],
  ['cloudformation', cloudformationNeeds],
  ['cloudwatch', cloudwatchNeeds],
  ['dynamodb', dynamodbNeeds],
  ['events', eventsNeeds],
  ['iam', iamNeeds],
  ['kms', kmsNeeds],
  ['lambda', lambdaNeeds],
  ['logs', logsNeeds],
  ['s3', s3Needs],
  ['scheduler', schedulerNeeds],
  ['secretsmanager', secretsNeeds],
  ['sns', snsNeeds],
  ['sqs', sqsNeeds],
  ['ssm', ssmNeeds],
  ['states', statesNeeds],
  ['sts', stsNeeds],
]);

/** What a call takes; of a service without resources of its own, the action on everything. */
export const needsOf = ({ service, operation, input }: Call, world: World): readonly Need[] =>
  BY_SERVICE.get(service)?.(operation, input, world) ?? [{ action: `${service}:${operation}`, resources: ['*'] }];
