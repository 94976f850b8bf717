import { createLogs } from '../../../local/logs/service';
import { createTestWorld, type TestWorld } from '../support';

type Answer = Readonly<Record<string, unknown>>;

const logGroupName = '/aws/batch/job';
export const NOW = Date.now();

/** A world with one log group and one stream, and a shorthand to call CloudWatch Logs about them. */
export const createLogWorld = async () => {
  const world: TestWorld = await createTestWorld([createLogs]);
  const run = (operation: string, input: Answer = {}): Promise<Answer> =>
    world.run('logs', operation, { logGroupName, ...input });
  const put = (messages: readonly string[], start = NOW, logStreamName = 'a') =>
    run('PutLogEvents', {
      logStreamName,
      logEvents: messages.map((message, index) => ({ timestamp: start + index, message })),
    });
  await run('CreateLogGroup');
  await run('CreateLogStream', { logStreamName: 'a' });
  return { world, run, put };
};

export type LogWorld = Awaited<ReturnType<typeof createLogWorld>>;

/** The messages of an answer with events. */
export const messagesOf = (answer: Answer): readonly unknown[] => {
  const events: readonly { readonly message: string }[] = Array.isArray(answer.events) ? answer.events : [];
  return events.map(({ message }) => message);
};
