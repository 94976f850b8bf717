import { SubscribeCommand, type SNSClient } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { PipelineNotification } from '../../../lib/contracts/pipeline';

const WAIT_SECONDS = 10;

const isNotification = (value: unknown): value is PipelineNotification =>
  typeof value === 'object' && value !== null && 'status' in value && 'submissionId' in value;

/** A subscriber of the pipeline's topic, as any team could add one. */
export class Inbox {
  static async subscribe(sqs: SQSClient, sns: SNSClient, topicArn: string): Promise<Inbox> {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'flights-demo-inbox' }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const QueueArn = Attributes?.QueueArn;
    // Amazon SNS is let in by the queue's policy, and for this topic only.
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        ...{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' },
        ...{ Resource: QueueArn, Condition: { ArnEquals: { 'aws:SourceArn': topicArn } } },
      },
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    await sns.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'sqs',
        Endpoint: QueueArn,
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );
    return new Inbox(sqs, QueueUrl);
  }

  private constructor(
    private readonly sqs: SQSClient,
    private readonly queueUrl: string | undefined,
  ) {}

  /** The next notification, or undefined when none comes. */
  async next(): Promise<PipelineNotification | undefined> {
    const { Messages } = await this.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: this.queueUrl, WaitTimeSeconds: WAIT_SECONDS }),
    );
    const message = Messages?.at(0);
    if (message === undefined) return undefined;
    await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle: message.ReceiptHandle }));
    const notification: unknown = JSON.parse(message.Body ?? 'null');
    if (!isNotification(notification)) throw new Error(`not a notification of a pipeline: ${message.Body ?? ''}`);
    return notification;
  }

  /** Removes the subscriber's queue. */
  async close(): Promise<void> {
    await this.sqs.send(new DeleteQueueCommand({ QueueUrl: this.queueUrl }));
  }
}
