import {
  CreateTopicCommand,
  DeleteTopicCommand,
  PublishCommand,
  type PublishCommandInput,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { openTo, queueFor, type TestQueue } from './queues';
import type { Target } from './target';

/** A topic, and how to publish to it. */
export const topicFor = async ({ clients: { sns }, name, cleanup }: Target) => {
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: name('topic') }));
  cleanup(() => sns.send(new DeleteTopicCommand({ TopicArn })));
  const publish = (more: Omit<PublishCommandInput, 'TopicArn'>) => sns.send(new PublishCommand({ TopicArn, ...more }));
  return { arn: TopicArn, publish };
};

/** A queue that a topic may send to, subscribed to it. */
export const subscribed = async (target: Target, TopicArn: string, attributes = {}): Promise<TestQueue> => {
  const queue = await queueFor(target);
  const Attributes = { Policy: openTo('sns.amazonaws.com', queue.arn) };
  await target.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes }));
  await target.clients.sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue.arn, Attributes: attributes }),
  );
  return queue;
};
