import { AwsError } from '../core/errors';
import type { World } from '../core/world';
import { isTransient } from '../delivery/retry';
import type { BusEvent } from './event';
import type { Rule } from './rule';
import { EVENTBRIDGE, type Target } from './target';
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

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

/** Keeps an event that could not be delivered, with the reason, as a rule's dead-letter queue gets it. */
export const sendToDeadLetterQueue = async (
  world: World,
  rule: Rule,
  target: Target,
  event: BusEvent,
  error: unknown,
  retries: number,
): Promise<void> => {
  const message = error instanceof Error ? error.message : String(error);
  const what = `the event ${event.id} (${event['detail-type']}) of rule ${rule.name} did not reach ${target.arn}`;
  if (target.deadLetterQueue === undefined) {
    world.note(`${what} and is lost: ${message}`);
    return;
  }
  world.note(`${what} and goes to ${target.deadLetterQueue}: ${message}`);
  await world.call({
    service: 'sqs',
    operation: 'SendMessage',
    input: {
      QueueUrl: target.deadLetterQueue,
      MessageBody: eventText(event, rule),
      MessageAttributes: {
        RULE_ARN: text(rule.arn),
        TARGET_ARN: text(target.arn),
        ERROR_CODE: text(errorCode(error)),
        ERROR_MESSAGE: text(message === '' ? 'unknown' : message),
        RETRY_ATTEMPTS: text(String(retries)),
        ...(isTransient(error) && { EXHAUSTED_RETRY_CONDITION: text('MaximumRetryAttempts') }),
      },
    },
    principal: EVENTBRIDGE,
  });
};
