import { Reader } from '../core/reader';
import type { Input } from '../core/service';

/** A message that was received for somebody. */
export interface SourceMessage {
  readonly id: string;
  readonly handle: string;
  readonly body: string;
  /** As its receiver gets it. */
  readonly record: Input;
}

const attributeOf = (attribute: Reader): Input => {
  const { StringValue, BinaryValue } = attribute.values;
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
    ...{ stringListValues: [], binaryListValues: [], dataType: attribute.text('DataType') },
  };
};

/** The record of a message: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const messageOf = (message: Reader, eventSourceARN: string, awsRegion: string): SourceMessage => {
  const id = message.text('MessageId');
  const handle = message.text('ReceiptHandle');
  const body = message.text('Body');
  const attributes = message.optionalRecord('MessageAttributes');
  const names = Object.keys(attributes?.values ?? {});
  return {
    ...{ id, handle, body },
    record: {
      ...{ messageId: id, receiptHandle: handle, body, attributes: message.textMap('Attributes') },
      messageAttributes: Object.fromEntries(
        attributes === undefined ? [] : names.map((name) => [name, attributeOf(attributes.record(name))]),
      ),
      ...{ md5OfBody: message.text('MD5OfBody'), eventSource: 'aws:sqs', eventSourceARN, awsRegion },
    },
  };
};

/** The messages in an answer of ReceiveMessage. */
export const messagesIn = (output: Input, queueArn: string, region: string): readonly SourceMessage[] =>
  new Reader(output).records('Messages').map((message) => messageOf(message, queueArn, region));
