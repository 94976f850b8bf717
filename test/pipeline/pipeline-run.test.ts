import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AwsError } from '../../local/core/errors';
import type { Input, Operation, Output, Service } from '../../local/core/service';
import { outputOf, run, worldWith } from '../local/states/support';
import type { TestWorld } from '../local/support';
import { definitionOf } from '../support/state-machine';
import { pipelineStack } from './pipeline-stack';

/** The definition is run by the engine of the local endpoint; functions, jobs and topic are stand-ins. */
const results = { bucket: 'data', prefix: 'submissions/s1/results/' };
const environment = [{ Name: 'BATCH_PLATFORM_ITEMS_KEY', Value: 'submissions/s1/items.jsonl' }];
const succeeded = { pipeline: 'Stack/Flights', submissionId: 's1', status: 'SUCCEEDED', outputs: 4 };
const INPUT = { detail: { bucket: { name: 'data' }, object: { key: 'incoming/manifest.jsonl' } } };

/** Part of what AWS Batch tells of a job, and Step Functions repeats when it has failed. */
const JOB = { environment: [{ name: 'PASSWORD', value: 'hush' }] };

type Request = Readonly<Record<string, unknown>>;
type Answer = (request: Request) => unknown;

let definition: string;
let world: TestWorld | undefined;
let calls: { readonly operation: string; readonly input: Input }[];
let plan: Answer;
let collect: Answer;
let jobStatus: string;

beforeAll(() => {
  const given = pipelineStack();
  given.pipeline();
  definition = JSON.stringify(definitionOf(given.stack)).replaceAll('${AWS::Partition}', 'aws');
}, 60_000);

beforeEach(() => {
  calls = [];
  plan = () => ({ submissionId: 's1', count: 3, duplicate: false, environment, results });
  collect = ({ failure }) =>
    failure === undefined ? succeeded : { ...succeeded, status: 'FAILED', ...Object(failure) };
  jobStatus = 'SUCCEEDED';
});

afterEach(() => world?.close());

const recorded = (name: string, operations: Record<string, Operation>): Service => ({
  name,
  operations: Object.fromEntries(
    Object.entries(operations).map(([operation, answer]): [string, Operation] => [
      operation,
      (input, call) => {
        if (operation !== 'DescribeJobs') calls.push({ operation, input });
        return answer(input, call);
      },
    ]),
  ),
});

function invoke({ FunctionName, Payload }: Input): Output {
  const request: unknown = JSON.parse(String(Payload));
  const answer = String(FunctionName).includes('PlanFunction') ? plan : collect;
  if (!isRequest(request)) throw new Error('a function needs a request');
  return { StatusCode: 200, Payload: Buffer.from(JSON.stringify(answer(request))) };
}

function isRequest(value: unknown): value is Request {
  return typeof value === 'object' && value !== null;
}

async function execute(): Promise<Output> {
  world = await worldWith(
    recorded('lambda', { Invoke: invoke }),
    recorded('sns', { Publish: () => ({ MessageId: 'm' }) }),
    recorded('batch', {
      SubmitJob: ({ jobName }) => ({ jobId: 'j', jobName }),
      DescribeJobs: () => ({
        jobs: [{ jobId: 'j', status: jobStatus, statusReason: 'Array Child Job failed', container: JOB }],
      }),
    }),
  );
  return run(world, definition, INPUT);
}

const inputsOf = (operation: string): Input[] =>
  calls.filter((call) => call.operation === operation).map(({ input }) => input);
const published = (): unknown[] => inputsOf('Publish').map(({ Message }): unknown => JSON.parse(String(Message)));

describe('an execution', () => {
  test('runs a child for each item, then one job, and tells the topic', async () => {
    expect(outputOf(await execute())).toEqual(succeeded);
    expect(inputsOf('SubmitJob')).toMatchObject([
      {
        jobName: 'Work-s1',
        arrayProperties: { size: 3 },
        containerOverrides: { environment: [{ name: environment[0].Name }] },
      },
      { jobName: 'Merge-s1' },
    ]);
    expect(inputsOf('SubmitJob')[1]).not.toHaveProperty('arrayProperties');
    expect(published()).toEqual([succeeded]);
    expect(inputsOf('Publish')).toMatchObject([
      {
        Subject: 'SUCCEEDED: Stack/Flights',
        MessageAttributes: { status: { StringValue: 'SUCCEEDED' }, pipeline: { StringValue: 'Stack/Flights' } },
      },
    ]);
  });

  test('hands event, name and kind of items to the plan, and the plan to collect', async () => {
    const requests: unknown[] = [];
    plan = (request) => {
      requests.push(request);
      return { submissionId: 's1', count: 1, duplicate: false, environment, results };
    };
    collect = (request) => {
      requests.push(request);
      return succeeded;
    };
    const { executionArn } = await execute();
    const common = { pipeline: 'Stack/Flights', execution: executionArn };
    expect(requests).toEqual([
      { ...common, triggerItems: 'manifest', input: INPUT },
      { ...common, plan: { submissionId: 's1', count: 1, duplicate: false, environment, results } },
    ]);
  });

  test('runs a plain job for a single item', async () => {
    plan = () => ({ submissionId: 's1', count: 1, duplicate: false, environment, results });
    await execute();
    expect(inputsOf('SubmitJob')).toMatchObject([{ jobName: 'Work-of-one-item-s1' }, { jobName: 'Merge-s1' }]);
    expect(inputsOf('SubmitJob')[0]).not.toHaveProperty('arrayProperties');
  });

  test('collects at once when there are no items', async () => {
    plan = () => ({ submissionId: 's1', count: 0, duplicate: false, environment: [], results });
    expect(outputOf(await execute())).toEqual(succeeded);
    expect(inputsOf('SubmitJob')).toEqual([]);
    expect(published()).toEqual([succeeded]);
  });

  test('does nothing for a submission that another one has taken on', async () => {
    plan = () => ({ submissionId: 's1', count: 0, duplicate: true, environment: [], results });
    expect((await execute()).status).toBe('SUCCEEDED');
    expect(calls.map(({ operation }) => operation)).toEqual(['Invoke']);
  });
});

describe('fails', () => {
  test('with the job that failed, which is recorded and published', async () => {
    jobStatus = 'FAILED';
    const requests: Request[] = [];
    collect = (request) => {
      requests.push(request);
      return { ...succeeded, status: 'FAILED', error: 'JobFailed', cause: 'a child failed' };
    };
    const execution = await execute();
    expect(execution).toMatchObject({ status: 'FAILED', error: 'JobFailed', cause: 'a child failed' });
    expect(inputsOf('SubmitJob')).toHaveLength(1);
    expect(requests).toMatchObject([
      { input: INPUT, failure: { cause: expect.stringContaining('"StatusReason"') as unknown } },
    ]);
    expect(published()).toMatchObject([{ status: 'FAILED', cause: 'a child failed' }]);
    expect(inputsOf('Publish')).toMatchObject([{ Subject: 'FAILED: Stack/Flights' }]);
  });

  test('with the plan, before there is one', async () => {
    plan = () => {
      throw new AwsError('AccessDeniedException', 'not allowed', 403);
    };
    expect(await execute()).toMatchObject({ status: 'FAILED', error: 'Lambda.AccessDeniedException' });
    expect(published()).toMatchObject([{ status: 'FAILED', error: 'Lambda.AccessDeniedException' }]);
  });

  test('with what went wrong first, when it cannot be recorded', async () => {
    jobStatus = 'FAILED';
    collect = () => {
      throw new AwsError('AccessDeniedException', 'no table', 403);
    };
    const execution = await execute();
    expect(execution).toMatchObject({ status: 'FAILED' });
    expect(execution.error).not.toBe('Lambda.AccessDeniedException');
    expect(published()).toMatchObject([{ submissionId: 's1', status: 'FAILED', error: execution.error }]);
    expect(JSON.stringify([execution.cause, published()])).not.toContain('hush');
  });

  test('with the plan, when neither plan nor record can be had', async () => {
    plan = collect = () => {
      throw new AwsError('AccessDeniedException', 'nothing works', 403);
    };
    expect(await execute()).toMatchObject({ status: 'FAILED', error: 'Lambda.AccessDeniedException' });
    expect(published()).toMatchObject([{ submissionId: 'unknown', status: 'FAILED' }]);
  });
});
