import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, paginateGetExecutionHistory, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { machineOf, runOf } from '../kit/machines';
import { openTo, queueFor, type TestQueue } from '../kit/queues';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const PASS = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
const QUOTAS = 'step-functions/latest/dg/service-quotas.html';

/** A queue to which EventBridge sends the events of one state machine. */
const eventsTo = async (target: Target, stateMachineArn: string): Promise<TestQueue> => {
  const { clients, name, cleanup } = target;
  const queue = await queueFor(target);
  const Attributes = { Policy: openTo('events.amazonaws.com', queue.arn) };
  await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes }));
  const Rule = name('rule');
  const pattern = {
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: { stateMachineArn: [stateMachineArn] },
  };
  await clients.events.send(new PutRuleCommand({ Name: Rule, EventPattern: JSON.stringify(pattern) }));
  cleanup(() => clients.events.send(new DeleteRuleCommand({ Name: Rule })));
  const Targets = [{ Id: 'queue', Arn: queue.arn, InputPath: '$.detail' }];
  await clients.events.send(new PutTargetsCommand({ Rule, Targets }));
  cleanup(() => clients.events.send(new RemoveTargetsCommand({ Rule, Ids: ['queue'] })));
  return queue;
};

export const executions = table('Step Functions', 'Executions', [
  {
    behaviour: 'an event tells of every change of the status of an execution',
    source: 'step-functions/latest/dg/eventbridge-integration.html',
    test: async (target) => {
      const stateMachineArn = await machineOf(target, { StartAt: 'A', States: { A: { Type: 'Fail', Error: 'No' } } });
      const queue = await eventsTo(target, stateMachineArn);
      const { executionArn } = await runOf(target, stateMachineArn, { a: 1 });
      const details: unknown[] = [];
      await target.eventually(async () => {
        const messages = await queue.receive({ MaxNumberOfMessages: 10 });
        details.push(...messages.map(({ Body = '' }): unknown => JSON.parse(Body)));
        expect(details).toHaveLength(2);
      });
      const shared = { executionArn, stateMachineArn, input: '{"a":1}', inputDetails: { included: true } };
      expect(details).toContainEqual(expect.objectContaining({ ...shared, status: 'RUNNING', stopDate: null }));
      expect(details).toContainEqual(
        expect.objectContaining({
          ...shared,
          status: 'FAILED',
          error: 'No',
          output: null,
          redriveStatus: 'REDRIVABLE',
        }),
      );
    },
  },
  {
    behaviour: 'the name of an execution is taken for 90 days after its end',
    source: 'step-functions/latest/apireference/API_StartExecution.html',
    local: async (target) => {
      const stateMachineArn = await machineOf(target, PASS);
      const start = () => target.clients.sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'once' }));
      const { executionArn } = await start();
      await target.eventually(async () => {
        const { status } = await target.clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
        expect(status).toBe('SUCCEEDED');
      });
      const { clock } = target.endpoint.world;
      await clock.advance(89 * 86_400_000);
      await expect(start()).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
      await clock.advance(2 * 86_400_000);
      expect(await start()).toMatchObject({ executionArn });
    },
  },
  {
    behaviour: 'an execution fails when its history reaches 25,000 events, all of which can be paged through',
    source: QUOTAS,
    test: async (target) => {
      const States = { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } };
      const { executionArn, error, cause } = await runOf(target, await machineOf(target, { StartAt: 'A', States }));
      expect({ error, cause }).toEqual({
        error: 'States.Runtime',
        cause: 'The execution reached the maximum number of history events (25000).',
      });
      let count = 0;
      const pages = paginateGetExecutionHistory(
        { client: target.clients.sfn, pageSize: 1000 },
        { executionArn, includeExecutionData: false },
      );
      for await (const { events = [] } of pages) count += events.length;
      expect(count).toBe(25_000);
    },
  },
  {
    behaviour: 'an input above 256 KiB is refused, and so is an output of a state',
    source: QUOTAS,
    test: async (target) => {
      const Double = { Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$' }, End: true };
      const stateMachineArn = await machineOf(target, { StartAt: 'Double', States: { Double } });
      expect(await runOf(target, stateMachineArn, 'x'.repeat(200_000))).toMatchObject({
        error: 'States.DataLimitExceeded',
      });
      await expect(runOf(target, stateMachineArn, 'x'.repeat(262_144))).rejects.toMatchObject({
        name: 'InvalidExecutionInput',
      });
    },
  },
]);
