import { notSupported } from '../core/errors';
import { camelCase, upperFirst } from '../core/letter-case';
import type { Reader } from '../core/reader';
import { SDK_SERVICES } from '../core/sdk-services';
import type { Input } from '../core/service';
import { REACHABLE, type Request, sending, serviceOf } from '../delivery/send';
import { isRecord } from '../core/json';
import { invalid } from './schedule-record';

const READING = /^(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet)/;

/** What a schedule knows of one invocation: words in its input stand for it. */
export interface Occasion {
  readonly scheduleArn: string;
  readonly scheduledTime: string;
  readonly executionId: string;
  readonly attempt: number;
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
const withContext = (text: string, { scheduleArn, scheduledTime, executionId, attempt }: Occasion): string =>
  text
    .replaceAll('<aws.scheduler.schedule-arn>', scheduleArn)
    .replaceAll('<aws.scheduler.scheduled-time>', scheduledTime)
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));

const jsonOf = (text: string): Input => {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Refused below, like any other value that is no object.
  }
  throw invalid(`Input must be a JSON object for this target, got ${text.slice(0, 100)}`);
};

const UNIVERSAL = /^arn:[^:]+:scheduler:::aws-sdk:([a-z0-9]+):([a-z][A-Za-z0-9]*)$/;

const universal = (name: string, action: string, text: string): Request => {
  if (READING.test(action)) throw invalid(`${name}:${action} is not supported for a universal target: it only reads`);
  const { service, isCamelCase = false } = SDK_SERVICES.get(name) ?? { service: name };
  const input = jsonOf(text);
  return {
    service,
    operation: upperFirst(action),
    input: isCamelCase ? camelCase(input) : input,
  };
};

const putEvents = (arn: string, text: string, target: Reader): Request => {
  const parameters = target.record('EventBridgeParameters');
  const entry = { Source: parameters.text('Source'), DetailType: parameters.text('DetailType'), Detail: text };
  const EventBusName = arn.slice(arn.lastIndexOf('/') + 1);
  return { service: 'events', operation: 'PutEvents', input: { Entries: [{ ...entry, EventBusName }] } };
};

/** What a target asks for on an occasion; refuses by name what this endpoint does not call. */
export const targetCall = (target: Reader, occasion: Occasion): Request => {
  const arn = target.text('Arn');
  const text = withContext(target.optionalText('Input') ?? '{}', occasion);
  const match = UNIVERSAL.exec(arn);
  if (match !== null) return universal(match[1], match[2], text);
  const service = serviceOf(arn);
  const request = service === 'events' ? putEvents(arn, text, target) : sending(arn, text);
  if (request !== undefined) return request;
  throw notSupported(`schedules for targets of '${service}'`, `it has ${REACHABLE.join(', ')}, events, and aws-sdk`);
};
