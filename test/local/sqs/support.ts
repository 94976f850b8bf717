import { createSqs } from '../../../local/sqs/service';
import { createTestWorld, type TestWorld } from '../support';

export type Answer = Readonly<Record<string, unknown>>;

/** A world with one queue, and a shorthand to call SQS about it. */
export const createQueues = async (attributes: Readonly<Record<string, string>> = {}) => {
  const world: TestWorld = await createTestWorld([createSqs]);
  const { QueueUrl } = await world.run('sqs', 'CreateQueue', { QueueName: 'inbox', Attributes: attributes });
  const run = (operation: string, input: Answer = {}): Promise<Answer> =>
    world.run('sqs', operation, { QueueUrl, ...input });
  return { world, run, QueueUrl: String(QueueUrl) };
};

export type Run = Awaited<ReturnType<typeof createQueues>>['run'];

/** The messages of an answer of ReceiveMessage. */
export const messagesOf = (answer: Answer): readonly Answer[] => {
  const messages: readonly Answer[] = Array.isArray(answer.Messages) ? answer.Messages : [];
  return messages;
};
