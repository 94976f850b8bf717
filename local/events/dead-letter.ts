import { AwsError } from '../core/errors';
import type { World } from '../core/world';
import { reasonOf, sendToDeadLetterQueue } from '../delivery/dead-letter';
import type { Failure } from '../delivery/deliveries';
import type { BusEvent } from './event';
import type { Rule } from './rule';
import { eventBridgeFor, type Target } from './target';
import { eventText } from './target-input';

const ERROR_CODES: readonly (readonly [RegExp, string])[] = [
  [/AccessDenied|NotAuthorized|Unauthorized/, 'NO_PERMISSIONS'],
  [/NotFound|DoesNotExist|NonExistent|NoSuch/, 'NO_RESOURCE'],
  [/Throttl|TooManyRequests/, 'THROTTLING'],
  [/LimitExceeded/, 'RESOURCE_LIMIT_EXCEEDED'],
  [/AlreadyExists/, 'RESOURCE_ALREADY_EXISTS'],
  [/^INVALID_/, ''],
  [/Validation|Invalid|ClientException/, 'INVALID_PARAMETER'],
];

const errorCode = (error: unknown): string => {
  if (!(error instanceof AwsError)) return 'INTERNAL_ERROR';
  const known = ERROR_CODES.find(([pattern]) => pattern.test(error.code))?.[1];
  if (known === '') return error.code;
  return known ?? 'ERROR_FROM_TARGET';
};

/** Keeps an event that could not be delivered, with the reason, as a rule's dead-letter queue gets it. */
export const keepUndelivered = (
  world: World,
  rule: Rule,
  target: Target,
  event: BusEvent,
  { error, retries, exhausted }: Failure,
): Promise<void> =>
  sendToDeadLetterQueue(world, {
    what: `the event ${event.id} (${event['detail-type']}) of rule ${rule.name} did not reach ${target.arn}`,
    error,
    queue: target.deadLetterQueue,
    body: eventText(event, rule),
    attributes: {
      RULE_ARN: rule.arn,
      TARGET_ARN: target.arn,
      ERROR_CODE: errorCode(error),
      ERROR_MESSAGE: reasonOf(error),
      RETRY_ATTEMPTS: String(retries),
      ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }),
    },
    principal: eventBridgeFor(rule.arn),
  });
