import { ListJobsCommand } from '@aws-sdk/client-batch';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRuleCommand,
  DisableRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target as RuleTarget,
} from '@aws-sdk/client-eventbridge';
import { AddPermissionCommand, GetFunctionCommand } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { makeRole } from '../kit/acting';
import { functionOf } from '../kit/functions';
import { definitionOf, jobOf, placeOf } from '../kit/jobs';
import { machineOf } from '../kit/machines';
import { openTo, queueFor } from '../kit/queues';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const HOUR = 3_600_000;

const roleFor = (target: Target, Action: string): Promise<string> =>
  makeRole(target, [{ Effect: 'Allow', Action, Resource: '*' }], { Service: 'events.amazonaws.com' });

/** A rule with one target, on events of a source of its own or on a schedule. */
const ruleOf = async (
  { clients: { events }, name, cleanup }: Target,
  target: Omit<RuleTarget, 'Id'>,
  ScheduleExpression?: string,
) => {
  const [Name, Source] = [name('rule'), name('source')];
  const EventPattern = ScheduleExpression === undefined ? JSON.stringify({ source: [Source] }) : undefined;
  const { RuleArn = '' } = await events.send(new PutRuleCommand({ Name, EventPattern, ScheduleExpression }));
  cleanup(async () => {
    await events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ['one'] }));
    await events.send(new DeleteRuleCommand({ Name }));
  });
  const aim = () => events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'one', ...target }] }));
  const put = (detail: object) =>
    events.send(new PutEventsCommand({ Entries: [{ Source, DetailType: 'Done', Detail: JSON.stringify(detail) }] }));
  await aim();
  return { Name, RuleArn, put };
};

export const targets = table('EventBridge', 'Kinds of targets', [
  {
    behaviour: 'a job queue gets a job whose parameters a transformer takes from the event',
    source: 'batch/latest/userguide/batch-cwe-target.html',
    test: async (target) => {
      const jobQueue = await placeOf(target);
      const JobDefinition = await definitionOf(target, 'true', { parameters: { S3bucket: '-', S3key: '-' } });
      const { put } = await ruleOf(target, {
        Arn: `arn:aws:batch:${target.region}:${target.account}:job-queue/${jobQueue}`,
        RoleArn: await roleFor(target, 'batch:SubmitJob'),
        BatchParameters: { JobDefinition, JobName: 'from-event', RetryStrategy: { Attempts: 2 } },
        InputTransformer: {
          InputPathsMap: { S3BucketValue: '$.detail.bucket.name', S3KeyValue: '$.detail.object.key' },
          InputTemplate: '{"Parameters" : {"S3bucket": <S3BucketValue>, "S3key": <S3KeyValue>}}',
        },
      });
      await put({ bucket: { name: 'in' }, object: { key: 'a.txt' } });
      await target.eventually(async () => {
        const list = new ListJobsCommand({ jobQueue, filters: [{ name: 'JOB_NAME', values: ['from-event'] }] });
        const { jobSummaryList = [] } = await target.clients.batch.send(list);
        expect(jobSummaryList).toHaveLength(1);
        expect(await jobOf(target, jobSummaryList[0].jobId ?? '')).toMatchObject({
          ...{ parameters: { S3bucket: 'in', S3key: 'a.txt' }, retryStrategy: { attempts: 2 } },
        });
      });
    },
  },
  {
    behaviour: 'a state machine is started with the event as its input',
    source: 'eventbridge/latest/userguide/eb-targets.html',
    test: async (target) => {
      const definition = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
      const stateMachineArn = await machineOf(target, definition);
      const RoleArn = await roleFor(target, 'states:StartExecution');
      const { put } = await ruleOf(target, { Arn: stateMachineArn, RoleArn });
      await put({ n: 1 });
      const { sfn } = target.clients;
      await target.eventually(async () => {
        const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
        const executionArn = executions.at(0)?.executionArn;
        const { input = '' } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
        expect(JSON.parse(input)).toMatchObject({ 'detail-type': 'Done', detail: { n: 1 } });
      });
    },
  },
  {
    behaviour: 'a function gets the event when its policy lets the rule call it, and not before',
    source: 'eventbridge/latest/userguide/eb-use-resource-based.html#eb-lambda-permissions',
    test: async (target) => {
      const { lambda, logs, sqs } = target.clients;
      const FunctionName = await functionOf(
        target,
        'exports.handler = async ({ detail }) => console.log(`got ${detail.n}`);',
      );
      const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
      const dead = await queueFor(target);
      const Attributes = { Policy: openTo('events.amazonaws.com', dead.arn) };
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: dead.url, Attributes }));
      const DeadLetterConfig = { Arn: dead.arn };
      const { put, RuleArn } = await ruleOf(target, { Arn: Configuration?.FunctionArn, DeadLetterConfig });
      await put({ n: 1 });
      expect((await dead.next()).MessageAttributes?.ERROR_CODE.StringValue).toBe('NO_PERMISSIONS');
      const permission = { StatementId: 'rule', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' };
      await lambda.send(new AddPermissionCommand({ FunctionName, ...permission, SourceArn: RuleArn }));
      await put({ n: 2 });
      await target.eventually(async () => {
        const search = { logGroupName: `/aws/lambda/${FunctionName}`, filterPattern: 'got' };
        const { events = [] } = await logs.send(new FilterLogEventsCommand(search));
        expect(events.map(({ message = '' }) => message.slice(message.indexOf('got')).trim())).toEqual(['got 2']);
      });
    },
  },
  {
    behaviour: 'a rule with a schedule sends an event of its own at each of its times, until it is disabled',
    source: 'eventbridge/latest/userguide/eb-create-rule-schedule.html',
    local: async (target) => {
      const { clock } = target.endpoint.world;
      const queue = await queueFor(target);
      const Attributes = { Policy: openTo('events.amazonaws.com', queue.arn) };
      await target.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes }));
      const { Name, RuleArn } = await ruleOf(target, { Arn: queue.arn }, 'rate(1 hour)');
      for (let hours = 0; hours < 2; hours += 1) {
        await clock.advance(HOUR);
        const message = await queue.next();
        await queue.remove(message);
        const event: unknown = JSON.parse(message.Body ?? '');
        expect(event).toMatchObject({ source: 'aws.events', 'detail-type': 'Scheduled Event', resources: [RuleArn] });
      }
      await target.clients.events.send(new DisableRuleCommand({ Name }));
      await clock.advance(3 * HOUR);
      expect(await queue.attributes()).toMatchObject({ ApproximateNumberOfMessages: '0' });
    },
  },
]);
