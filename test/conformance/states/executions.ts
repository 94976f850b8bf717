import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, paginateGetExecutionHistory, StartExecutionCommand } from '@aws-sdk/client-sfn';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { machineOf, runOf } from '../kit/machines';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const PASS = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
const QUOTAS = 'step-functions/latest/dg/service-quotas.html';

/** A queue to which EventBridge sends the events of one state machine. */
const eventsTo = async ({ clients: { sqs, events }, name, cleanup }: Target, stateMachineArn: string) => {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name('queue') }));
  cleanup(() => sqs.send(new DeleteQueueCommand({ QueueUrl })));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const Arn = Attributes?.QueueArn ?? '';
  const Statement = {
    ...{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: Arn },
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const Rule = name('rule');
  const pattern = {
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: { stateMachineArn: [stateMachineArn] },
  };
  await events.send(new PutRuleCommand({ Name: Rule, EventPattern: JSON.stringify(pattern) }));
  cleanup(() => events.send(new DeleteRuleCommand({ Name: Rule })));
  await events.send(new PutTargetsCommand({ Rule, Targets: [{ Id: 'queue', Arn, InputPath: '$.detail' }] }));
  cleanup(() => events.send(new RemoveTargetsCommand({ Rule, Ids: ['queue'] })));
  return QueueUrl;
};

export const executions = table('Step Functions', 'Executions', [
  {
    behaviour: 'an event tells of every change of the status of an execution',
    source: 'step-functions/latest/dg/eventbridge-integration.html',
    test: async (target) => {
      const stateMachineArn = await machineOf(target, { StartAt: 'A', States: { A: { Type: 'Fail', Error: 'No' } } });
      const QueueUrl = await eventsTo(target, stateMachineArn);
      const { executionArn } = await runOf(target, stateMachineArn, { a: 1 });
      const details: unknown[] = [];
      await target.eventually(async () => {
        const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
        const { Messages = [] } = await target.clients.sqs.send(receive);
        details.push(...Messages.map(({ Body = '' }): unknown => JSON.parse(Body)));
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
