import { randomUUID } from 'node:crypto';
import type { Call, Input } from '../core/service';

/** A call, but for who calls. */
export type Request = Pick<Call, 'service' | 'operation' | 'input'>;

type Way = (arn: string, text: string, attributes: Input | undefined) => Pick<Call, 'operation' | 'input'>;

const WAYS: ReadonlyMap<string, Way> = new Map<string, Way>([
  [
    'lambda',
    (arn, text) => ({
      operation: 'Invoke',
      input: { FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from(text) },
    }),
  ],
  [
    'states',
    (arn, text) => ({
      operation: 'StartExecution',
      input: { stateMachineArn: arn, name: randomUUID(), input: text },
    }),
  ],
  [
    'sqs',
    (arn, text, MessageAttributes) => ({
      operation: 'SendMessage',
      input: { QueueUrl: arn, MessageBody: text, ...(MessageAttributes !== undefined && { MessageAttributes }) },
    }),
  ],
  [
    'sns',
    (arn, text, MessageAttributes) => ({
      operation: 'Publish',
      input: { TopicArn: arn, Message: text, ...(MessageAttributes !== undefined && { MessageAttributes }) },
    }),
  ],
]);

/** Services that `sending` knows a way to. */
export const REACHABLE: readonly string[] = [...WAYS.keys()];

export const serviceOf = (arn: string): string => arn.split(':').at(2) ?? '';

/** How a text reaches what an ARN names, whoever sends it; undefined when there is no such way. */
export const sending = (arn: string, text: string, attributes?: Input): Request | undefined => {
  const service = serviceOf(arn);
  const way = WAYS.get(service);
  return way === undefined ? undefined : { service, ...way(arn, text, attributes) };
};
