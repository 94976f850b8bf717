import {
  DeleteRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target as RuleTarget,
} from '@aws-sdk/client-eventbridge';
import { type Message, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { openTo, queueFor, type TestQueue } from '../kit/queues';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const TARGETS = 'eventbridge/latest/userguide/eb-use-resource-based.html';
const TRANSFORM = 'eventbridge/latest/userguide/eb-transform-target-input.html';
const RETRIES = 'eventbridge/latest/userguide/eb-rule-retry-policy.html';
const DEAD_LETTERS = 'eventbridge/latest/userguide/eb-rule-dlq.html';

/** A queue that lets EventBridge in, unless it is told not to. */
const queueOf = async (target: Target, isOpen = true): Promise<TestQueue> => {
  const queue = await queueFor(target);
  const Attributes = { Policy: openTo('events.amazonaws.com', queue.arn) };
  if (isOpen) await target.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes }));
  return queue;
};

/** A rule on events of its own source, and how to put one. */
const ruleOf = async ({ clients: { events }, name, cleanup }: Target, target: Omit<RuleTarget, 'Id'>) => {
  const [Name, source] = [name('rule'), name('source')];
  const { RuleArn = '' } = await events.send(
    new PutRuleCommand({ Name, EventPattern: JSON.stringify({ source: [source] }) }),
  );
  await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'one', ...target }] }));
  cleanup(async () => {
    await events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ['one'] }));
    await events.send(new DeleteRuleCommand({ Name }));
  });
  const put = (detail: object) =>
    events.send(
      new PutEventsCommand({ Entries: [{ Source: source, DetailType: 'Done', Detail: JSON.stringify(detail) }] }),
    );
  return { RuleArn, put };
};

const like = (text: string | RegExp): unknown => expect.stringMatching(text);

const received = ({ Body = '' }: Message): unknown => JSON.parse(Body);

export const delivery = table('EventBridge', 'Targets', [
  {
    behaviour: 'a queue whose policy lets EventBridge in gets the event',
    source: TARGETS,
    test: async (target) => {
      const queue = await queueOf(target);
      const { put } = await ruleOf(target, { Arn: queue.arn });
      await put({ size: 2 });
      expect(received(await queue.next())).toMatchObject({ 'detail-type': 'Done', detail: { size: 2 }, version: '0' });
    },
  },
  {
    behaviour: 'what a queue without such a policy does not get goes to the dead-letter queue, with the reason',
    source: DEAD_LETTERS,
    test: async (target) => {
      const [closed, dead] = [await queueOf(target, false), await queueOf(target)];
      const { put, RuleArn } = await ruleOf(target, { Arn: closed.arn, DeadLetterConfig: { Arn: dead.arn } });
      await put({ size: 3 });
      const message = await dead.next();
      expect(received(message)).toMatchObject({ detail: { size: 3 } });
      expect(message.MessageAttributes).toMatchObject({
        RULE_ARN: { StringValue: RuleArn },
        TARGET_ARN: { StringValue: closed.arn },
        ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
      });
    },
  },
  {
    behaviour: 'a target gets a fixed input, or a part of the event',
    source: 'eventbridge/latest/APIReference/API_Target.html',
    test: async (target) => {
      const queue = await queueOf(target);
      const fixed = await ruleOf(target, { Arn: queue.arn, Input: '{"fixed":true}' });
      await fixed.put({});
      expect(received(await queue.next())).toEqual({ fixed: true });
      const other = await queueOf(target);
      const part = await ruleOf(target, { Arn: other.arn, InputPath: '$.detail.size' });
      await part.put({ size: [1] });
      expect(received(await other.next())).toEqual([1]);
    },
  },
  {
    behaviour: 'a transformer makes an input of parts of the event and of what the rule is called',
    source: TRANSFORM,
    test: async (target) => {
      const queue = await queueOf(target);
      const InputTransformer = {
        InputPathsMap: { size: '$.detail.size', name: '$.detail.name' },
        InputTemplate: '{"n": <size>, "text": "<name> is here", "rule": <aws.events.rule-arn>}',
      };
      const { put, RuleArn } = await ruleOf(target, { Arn: queue.arn, InputTransformer });
      await put({ size: 4, name: 'x' });
      expect(received(await queue.next())).toEqual({ n: 4, text: 'x is here', rule: RuleArn });
    },
  },
  {
    behaviour: 'a target that is throttled gets the event with the next try',
    source: RETRIES,
    local: async (target) => {
      const queue = await queueOf(target);
      const { put } = await ruleOf(target, { Arn: queue.arn });
      target.endpoint.world.faults.set([{ kind: 'throttle', at: 'sqs:SendMessage', times: 3 }]);
      await put({ size: 5 });
      expect(received(await queue.next())).toMatchObject({ detail: { size: 5 } });
    },
  },
  {
    behaviour: 'a target that stays throttled is tried as often, or as long, as its retry policy says',
    source: RETRIES,
    local: async (target) => {
      const { clock, faults } = target.endpoint.world;
      faults.set([{ kind: 'throttle', at: 'lambda:Invoke' }]);
      const Arn = `arn:aws:lambda:us-east-1:${target.account}:function:busy`;
      for (const [RetryPolicy, condition, retries] of [
        [{ MaximumRetryAttempts: 2 }, 'MaximumRetryAttempts', /^2$/],
        [{ MaximumEventAgeInSeconds: 60 }, 'MaximumEventAgeInSeconds', /^\d+$/],
        [{}, /^Maximum(RetryAttempts|EventAgeInSeconds)$/, /^1\d\d$/],
      ] as const) {
        const dead = await queueOf(target);
        const { put } = await ruleOf(target, { Arn, RetryPolicy, DeadLetterConfig: { Arn: dead.arn } });
        const start = clock.now();
        await put({});
        const letter = async (): Promise<Message> => {
          await clock.advance(500_000);
          const messages = await dead.receive({ MessageAttributeNames: ['All'] });
          return messages.at(0) ?? (await letter());
        };
        expect((await letter()).MessageAttributes).toMatchObject({
          ERROR_CODE: { StringValue: 'THROTTLING' },
          EXHAUSTED_RETRY_CONDITION: { StringValue: like(condition) },
          RETRY_ATTEMPTS: { StringValue: like(retries) },
        });
        expect(clock.now() - start).toBeLessThan(25 * 3_600_000);
      }
    },
  },
  {
    behaviour: 'an event may come twice, and after a later one',
    source: 'eventbridge/latest/userguide/eb-troubleshooting.html',
    differs: 'only when a fault says so',
    local: async (target) => {
      const queue = await queueOf(target);
      const { put } = await ruleOf(target, { Arn: queue.arn });
      const { faults } = target.endpoint.world;
      faults.set([{ kind: 'duplicate', at: 'events:*', times: 1 }]);
      await put({ n: 1 });
      expect([received(await queue.next()), received(await queue.next())]).toMatchObject([
        { detail: { n: 1 } },
        { detail: { n: 1 } },
      ]);
      faults.set([{ kind: 'reorder', at: 'events:*', times: 1, milliseconds: 50 }]);
      await put({ n: 2 });
      await put({ n: 3 });
      expect([received(await queue.next()), received(await queue.next())]).toMatchObject([
        { detail: { n: 3 } },
        { detail: { n: 2 } },
      ]);
    },
  },
]);
