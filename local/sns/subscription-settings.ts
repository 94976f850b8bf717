import { notSupported } from '../core/errors';
import { isRecord } from '../core/json';
import { compilePattern } from '../patterns/pattern';
import { PatternError } from '../patterns/pattern-error';
import { invalid } from './errors';
import { attributeValues, type MessageAttributes } from './message-attributes';

/** What a message is to a filter. */
export interface Filterable {
  readonly body: string;
  readonly attributes: MessageAttributes;
}

/** How a subscription wants its messages. */
export interface SubscriptionSettings {
  /** As they were given. */
  readonly values: Readonly<Record<string, string>>;
  /** Without the envelope around the message. */
  readonly raw: boolean;
  readonly deadLetterQueue?: string;
  readonly wants: (message: Filterable) => boolean;
}

const NAMES = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'];

const parseJson = (name: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(`${name}: failed to parse JSON`);
  }
};

const bodyValue = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const filterOf = (policy: string | undefined, scope: string): ((message: Filterable) => boolean) => {
  const parsed = policy === undefined || policy === '' ? {} : parseJson('FilterPolicy', policy);
  if (isRecord(parsed) && Object.keys(parsed).length === 0) return () => true;
  try {
    const pattern = compilePattern(parsed);
    if (scope === 'MessageBody') return ({ body }) => isRecord(bodyValue(body)) && pattern.matches(bodyValue(body));
    return ({ attributes }) => pattern.matches(attributeValues(attributes));
  } catch (error) {
    if (error instanceof PatternError) throw invalid(`FilterPolicy: ${error.message}`);
    throw error;
  }
};

const deadLetterQueueOf = (policy: string | undefined): string | undefined => {
  if (policy === undefined || policy === '' || policy === '{}') return undefined;
  const parsed = parseJson('RedrivePolicy', policy);
  const arn = isRecord(parsed) ? parsed.deadLetterTargetArn : undefined;
  if (typeof arn !== 'string' || !/^arn:[^:]+:sqs:/.test(arn)) {
    throw invalid(`RedrivePolicy: deadLetterTargetArn must be the ARN of an SQS queue, got ${policy}`);
  }
  return arn;
};

/** Checks the attributes of a subscription. */
export const settingsOf = (attributes: Readonly<Record<string, string | undefined>>): SubscriptionSettings => {
  // An empty value takes an attribute away.
  const given = Object.entries(attributes).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  const values: Readonly<Record<string, string | undefined>> = Object.fromEntries(given);
  const unknown = Object.keys(attributes).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw notSupported(`the subscription attribute ${unknown}`, `it has ${NAMES.join(', ')}`);
  }
  const { RawMessageDelivery: raw = 'false', FilterPolicyScope: scope = 'MessageAttributes' } = values;
  if (raw !== 'true' && raw !== 'false') throw invalid(`RawMessageDelivery must be true or false, got '${raw}'`);
  if (scope !== 'MessageAttributes' && scope !== 'MessageBody') {
    throw invalid(`FilterPolicyScope must be MessageAttributes or MessageBody, got '${scope}'`);
  }
  return {
    values: Object.fromEntries(given.sort(([left], [right]) => (left < right ? -1 : 1))),
    raw: raw === 'true',
    deadLetterQueue: deadLetterQueueOf(values.RedrivePolicy),
    wants: filterOf(values.FilterPolicy, scope),
  };
};
