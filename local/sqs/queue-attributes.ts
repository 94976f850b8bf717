import { AwsError, notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import { isRecord } from '../core/json';
import { between } from './errors';

/** The attributes of a queue that can be set, by the API's name and as text, as the API has them. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const NUMBERS: Readonly<Record<string, readonly [min: number, max: number, byDefault: number]>> = {
  DelaySeconds: [0, 900, 0],
  MaximumMessageSize: [1_024, 1_048_576, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
  VisibilityTimeout: [0, 43_200, 30],
};

/** Encryption is accepted and has no effect: messages are in memory only. */
const TEXTS = [
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'Policy',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
];

const FIFO = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];

export const SETTABLE: readonly string[] = [...Object.keys(NUMBERS), ...TEXTS];

export const DEFAULT_ATTRIBUTES: QueueAttributes = {
  ...Object.fromEntries(Object.entries(NUMBERS).map(([name, [, , byDefault]]) => [name, String(byDefault)])),
  SqsManagedSseEnabled: 'true',
};

/** Where messages go that nobody could process. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

const MAX_RECEIVES = 1_000;

/** An attribute that may not be there. */
export const attributeIn = (attributes: QueueAttributes, name: string): string | undefined => attributes[name];

const invalidAttribute = (name: string, reason: string): AwsError =>
  new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}. Reason: ${reason}`);

const parseRedrive = (text: string): RedrivePolicy => {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw invalidAttribute('RedrivePolicy', 'Redrive policy is not a valid JSON map.');
  }
  const target = isRecord(policy) ? policy.deadLetterTargetArn : undefined;
  const receives = isRecord(policy) ? Number(policy.maxReceiveCount) : Number.NaN;
  if (typeof target !== 'string' || !Number.isInteger(receives) || receives < 1 || receives > MAX_RECEIVES) {
    throw invalidAttribute(
      'RedrivePolicy',
      `it must have deadLetterTargetArn and maxReceiveCount from 1 to ${MAX_RECEIVES}, got ${text}`,
    );
  }
  return { deadLetterTargetArn: target, maxReceiveCount: receives };
};

/** The redrive policy of a queue; an empty one takes it away. */
export const redriveOf = (attributes: QueueAttributes): RedrivePolicy | undefined => {
  const text = attributeIn(attributes, 'RedrivePolicy');
  return text === undefined || text === '' ? undefined : parseRedrive(text);
};

/** Checks the attributes of a request. */
export const attributesFrom = (reader: Reader): QueueAttributes => {
  const attributes = reader.textMap('Attributes');
  for (const [name, value] of Object.entries(attributes)) {
    if (FIFO.includes(name) && value !== 'false') throw notSupported(`FIFO queues (${name})`, 'it has standard queues');
    if (!SETTABLE.includes(name) && !FIFO.includes(name)) {
      throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
    const limits = Object.hasOwn(NUMBERS, name) ? NUMBERS[name] : undefined;
    if (limits !== undefined) between(name, Number(value), limits[0], limits[1]);
  }
  redriveOf(attributes);
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => SETTABLE.includes(name)));
};
