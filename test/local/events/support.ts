import type { Call, Service } from '../../../local/core/service';
import { createEvents } from '../../../local/events/service';
import { createTestWorld, type TestWorld } from '../support';

/** A service that records its calls and answers what `answer` says. */
export const recorder = (name: string, operations: readonly string[], calls: Call[], answer: (call: Call) => void) => {
  const operation = (_: unknown, call: Call) => {
    calls.push(call);
    answer(call);
    return {};
  };
  const service: Service = { name, operations: Object.fromEntries(operations.map((op) => [op, operation])) };
  return service;
};

export interface EventsWorld extends TestWorld {
  readonly calls: Call[];
}

/** EventBridge among services that only take note. */
export const createEventsWorld = async (answer: (call: Call) => void = () => undefined): Promise<EventsWorld> => {
  const calls: Call[] = [];
  const world = await createTestWorld([
    createEvents,
    recorder('sqs', ['SendMessage'], calls, answer),
    recorder('sns', ['Publish'], calls, answer),
    recorder('lambda', ['Invoke'], calls, answer),
    recorder('states', ['StartExecution'], calls, answer),
    recorder('batch', ['SubmitJob'], calls, answer),
    recorder('logs', ['CreateLogStream', 'PutLogEvents'], calls, answer),
  ]);
  return { ...world, calls };
};

export const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:inbox';
export const DEAD_LETTERS = 'arn:aws:sqs:us-east-1:000000000000:dead-letters';
export const ROLE = 'arn:aws:iam::000000000000:role/rule';

/** Puts a rule for the source `app` with these targets. */
export const putRule = async (world: TestWorld, ...targets: readonly Readonly<Record<string, unknown>>[]) => {
  await world.run('events', 'PutRule', { Name: 'rule', EventPattern: '{"source": ["app"]}' });
  await world.run('events', 'PutTargets', {
    Rule: 'rule',
    Targets: targets.map((target, i) => ({ Id: `t${i}`, ...target })),
  });
};

export const put = (world: TestWorld, detail: unknown = {}, source = 'app') =>
  world.run('events', 'PutEvents', {
    Entries: [
      { Source: source, DetailType: 'Thing Done', Detail: JSON.stringify(detail), Resources: ['arn:aws:s3:::b'] },
    ],
  });
