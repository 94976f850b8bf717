import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  BatchJob,
  type IBatchJob,
  JobPipe,
  PlatformCapability,
  SubmitJobRuleTarget,
  SubmitJobScheduleTarget,
  SubmitJobTask,
} from '../../lib';
import { type Submission, submissionRequest } from '../../lib/submission/submission-request';
import { ONE_CONTAINER, PlainJob, podOf } from '../support/plain-job';
import { PlainQueue } from '../support/queues';
import { statementWith } from '../support/role-statements';
import { newStack } from '../support/stack';
import { warningsOf } from '../support/warnings';

const submissionTags = { team: 'research', costCenter: '42' };
let stack: Stack;
let queue: PlainQueue;
let job: IBatchJob;

beforeEach(() => {
  stack = newStack();
  queue = new PlainQueue(stack, 'Queue', PlatformCapability.EC2);
  job = new PlainJob(stack, 'Job', queue, ONE_CONTAINER, { submissionTags });
});

const request = (options: Omit<Submission, 'job'> = {}): Record<string, unknown> =>
  submissionRequest(stack, { job, ...options });

describe('the tags of a submission', () => {
  test('are those of the job, and go to the ECS task', () => {
    expect(request()).toMatchObject({ Tags: submissionTags, PropagateTags: true });
  });

  test('are its own on top of them', () => {
    expect(request({ tags: { costCenter: '43', run: 'nightly' } })).toMatchObject({
      Tags: { team: 'research', costCenter: '43', run: 'nightly' },
    });
  });

  test('are those of a job that is defined elsewhere', () => {
    job = BatchJob.fromBatchJobAttributes(stack, 'Imported', { jobDefinitionName: 'mine', queue, submissionTags });
    expect(request()).toMatchObject({ Tags: submissionTags, PropagateTags: true });
  });

  test('stay with the job where it runs in a pod', () => {
    const pods = new PlainQueue(stack, 'Pods', PlatformCapability.EKS);
    job = new PlainJob(stack, 'Pod', pods, { eksProperties: podOf('work') }, { submissionTags });
    expect(request()).toMatchObject({ Tags: submissionTags, PropagateTags: undefined });
  });

  test.each([undefined, {}])('are left out when there are none: %j', (tags) => {
    job = new PlainJob(stack, 'Other', queue, ONE_CONTAINER, { submissionTags: tags });
    expect(request({ tags })).toMatchObject({ Tags: undefined, PropagateTags: undefined });
  });
});

describe('tags that AWS Batch does not take (job-tags)', () => {
  const many = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, 'x']));

  test('are more than 50 with those of the job', () => {
    expect(() => request({ tags: many(48) })).not.toThrow();
    expect(() => request({ tags: many(49) })).toThrow(
      /'tags' must hold at most 50 tags.*got 51 \(in Stack\) .*job-tags/,
    );
  });

  test.each([[{ 'aws:team': 'x' }], [{ '': 'x' }], [{ team: 'x'.repeat(257) }]])('are %j', (tags) => {
    expect(() => request({ tags })).toThrow(/must have .*\(in Stack\) \[cdk-batch-platform:job-tags\]/);
  });

  test('are not looked for in expressions and deploy-time values', () => {
    const team = new CfnParameter(stack, 'Team').valueAsString;
    expect(() => request({ tags: { day: `{% '${'x'.repeat(257)}' %}`, team } })).not.toThrow();
  });
});

describe('who submits the job', () => {
  const tagResource = expect.objectContaining({ Action: 'batch:TagResource' }) as unknown;

  test('may tag it: a state machine', () => {
    const definitionBody = sfn.DefinitionBody.fromChainable(new SubmitJobTask(stack, 'Work', { job }));
    new sfn.StateMachine(stack, 'Machine', { definitionBody });
    expect(statementWith(stack, 'Machine', 'batch:TagResource')).toEqual(tagResource);
  });

  test('may tag it: a schedule', () => {
    const schedule = scheduler.ScheduleExpression.rate(Duration.days(1));
    new scheduler.Schedule(stack, 'Nightly', { schedule, target: new SubmitJobScheduleTarget(job) });
    expect(statementWith(stack, 'Nightly', 'batch:TagResource')).toEqual(tagResource);
  });

  const warning = (who: string, path: string): string =>
    `the jobs do not get the tags team, costCenter that Stack/Job has in 'submissionTags', as ${who} cannot pass any: use ` +
    `a SubmitJobScheduleTarget or a state machine with a SubmitJobTask where the tags count ${path}`;
  const id = '[ack: cdk-batch-platform:pipeline-tags-missing]';

  test('cannot tag it, and warns of it: a rule', () => {
    const rule = new events.Rule(stack, 'Rule', { schedule: events.Schedule.rate(Duration.days(1)) });
    rule.addTarget(new SubmitJobRuleTarget(job));
    expect(warningsOf(stack)).toEqual([warning('a rule', id)]);
  });

  test('cannot tag it, and warns of it: a pipe', () => {
    new JobPipe(stack, 'Pipe', { job, source: new sqs.Queue(stack, 'Orders') });
    expect(warningsOf(stack)).toEqual([warning('a pipe', id)]);
  });
});
