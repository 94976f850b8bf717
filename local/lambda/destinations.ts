import type { Input } from '../core/service';
import type { World } from '../core/world';
import type { LambdaFunction } from './function';

interface Outcome {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  /** JSON text. */
  readonly payload: string;
  readonly failed: boolean;
  /** Attempts so far. */
  readonly count: number;
}

const parse = (text: string): unknown => JSON.parse(text);

/** What a destination gets: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export const destinationRecord = (fn: LambdaFunction, outcome: Outcome): string =>
  JSON.stringify({
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      ...{ requestId: outcome.requestId, functionArn: `${fn.arn}:$LATEST` },
      condition: outcome.failed ? 'RetriesExhausted' : 'Success',
      approximateInvokeCount: outcome.count,
    },
    requestPayload: parse(outcome.event),
    responseContext: {
      ...{ statusCode: 200, executedVersion: '$LATEST' },
      ...(outcome.failed ? { functionError: 'Unhandled' } : {}),
    },
    responsePayload: parse(outcome.payload),
  });

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
  const principal = { arn: fn.configuration.role };
  const [, , service = '', , account = '', name = ''] = arn.split(':');
  const send = (operation: string, input: Input) => world.call({ service, operation, input, principal });
  switch (service) {
    case 'sqs': {
      const QueueUrl = `${world.url}/${account}/${name}`;
      await send('SendMessage', { QueueUrl, MessageBody: text, MessageAttributes: attributesOf(attributes) });
      return;
    }
    case 'sns':
      await send('Publish', { TopicArn: arn, Message: text, MessageAttributes: attributesOf(attributes) });
      return;
    case 'lambda':
      await send('Invoke', { FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from(text) });
      return;
    default: {
      const DetailType = 'Lambda Function Invocation Result';
      const entry = { Source: 'lambda', DetailType, Detail: text, EventBusName: arn, Resources: [fn.arn] };
      await send('PutEvents', { Entries: [entry] });
    }
  }
};
