import type { Input } from '../core/service';
import type { World } from '../core/world';
import { sending } from '../delivery/send';
import type { LambdaFunction } from './function';

/** Why a record goes to a destination. */
export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';

interface Outcome {
  readonly requestId: string;
  /** As the caller named it. */
  readonly functionArn: string | undefined;
  /** JSON text. */
  readonly event: string;
  /** JSON text; none when the function never ran. */
  readonly payload: string | undefined;
  readonly condition: Condition;
  readonly attempts: number;
}

const parse = (text: string): unknown => JSON.parse(text);

/** What a destination gets: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export const destinationRecord = (fn: LambdaFunction, time: Date, outcome: Outcome): string => {
  const { requestId, functionArn = fn.arn, event, payload, condition, attempts } = outcome;
  const functionError = condition === 'Success' ? {} : { functionError: 'Unhandled' };
  return JSON.stringify({
    version: '1.0',
    timestamp: time.toISOString(),
    requestContext: {
      requestId,
      functionArn: functionArn === fn.arn ? `${fn.arn}:$LATEST` : functionArn,
      ...{ condition, approximateInvokeCount: attempts },
    },
    requestPayload: parse(event),
    ...(payload !== undefined && {
      responseContext: { statusCode: 200, executedVersion: '$LATEST', ...functionError },
      responsePayload: parse(payload),
    }),
  });
};

const attributesOf = (attributes: Readonly<Record<string, string>>): Input =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      { DataType: name === 'ErrorCode' ? 'Number' : 'String', StringValue: value },
    ]),
  );

/** Sends text to a queue, a topic, a function or an event bus, as the role of the function. */
export const deliver = async (
  world: World,
  fn: LambdaFunction,
  arn: string,
  text: string,
  attributes: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const DetailType = 'Lambda Function Invocation Result';
  const entry = { Source: 'lambda', DetailType, Detail: text, EventBusName: arn, Resources: [fn.arn] };
  const putEvents = { service: 'events', operation: 'PutEvents', input: { Entries: [entry] } };
  const request = sending(arn, text, attributesOf(attributes)) ?? putEvents;
  await world.call({ ...request, principal: { arn: fn.configuration.role } });
};
