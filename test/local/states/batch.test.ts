import { afterEach, describe, expect, test } from 'vitest';
import { AwsError } from '../../../local/core/errors';
import type { Input, Service } from '../../../local/core/service';
import type { TestWorld } from '../support';
import { create, ended, historyOf, machineOf, outputOf, run, start, worldWith } from './support';

let world: TestWorld | undefined;
afterEach(() => world?.close());

/** A queue with one job that is described as the test says, step by step; the last step stays. */
const batch = (...steps: readonly object[]) => {
  const left = [...steps];
  const submitted: Input[] = [];
  const terminated: Input[] = [];
  const service: Service = {
    name: 'batch',
    operations: {
      SubmitJob: (input) => {
        submitted.push(input);
        return { jobName: input.jobName, jobId: 'id', jobArn: 'arn' };
      },
      DescribeJobs: () => ({ jobs: [{ jobId: 'id', ...(left.length > 1 ? left.shift() : left[0]) }] }),
      TerminateJob: (input) => {
        terminated.push(input);
        return {};
      },
    },
  };
  return { service, submitted, terminated };
};

const submit = (resource: string, more: object = {}) =>
  machineOf({
    A: {
      ...{ Type: 'Task', Resource: `arn:aws:states:::batch:${resource}`, End: true },
      Arguments: {
        ...{ JobName: 'n', JobQueue: 'q', JobDefinition: 'd', ArrayProperties: { Size: 2 } },
        ...{ Parameters: { Upper: 'V', lower: 'v' }, Tags: { Owner: 'me' }, ShareIdentifier: 's' },
        ContainerOverrides: {
          Environment: [{ Name: 'Upper', Value: '{% $states.input.value %}' }],
          ResourceRequirements: [{ Type: 'VCPU', Value: '1' }],
          Command: ['Echo'],
        },
      },
      ...more,
    },
  });

describe('batch:submitJob', () => {
  test('speaks the case of the API, but leaves the words of the user alone', async () => {
    const queue = batch({});
    world = await worldWith(queue.service);
    const execution = await run(world, submit('submitJob'), { value: 'v' });
    expect(outputOf(execution)).toEqual({ JobName: 'n', JobId: 'id', JobArn: 'arn' });
    expect(queue.submitted).toEqual([
      {
        ...{ jobName: 'n', jobQueue: 'q', jobDefinition: 'd', arrayProperties: { size: 2 } },
        ...{ parameters: { Upper: 'V', lower: 'v' }, tags: { Owner: 'me' }, shareIdentifier: 's' },
        containerOverrides: {
          environment: [{ name: 'Upper', value: 'v' }],
          resourceRequirements: [{ type: 'VCPU', value: '1' }],
          command: ['Echo'],
        },
      },
    ]);
  });

  test.each([
    ['ClientException', 400],
    ['ServerException', 500],
    ['TooManyRequestsException', 429],
  ])('fails with Batch.%s', async (code, status) => {
    const refuse = () => {
      throw new AwsError(code, 'no such queue', status);
    };
    world = await worldWith({ name: 'batch', operations: { SubmitJob: refuse } });
    const execution = await run(world, submit('submitJob.sync'), { value: 'v' });
    expect(execution.error).toBe(`Batch.${code}`);
    expect(execution.cause).toMatch(/^no such queue \(Service: Batch/);
  });
});

describe('batch:submitJob.sync', () => {
  test('waits for the end of the job and gives its description', async () => {
    const queue = batch(
      { status: 'SUBMITTED' },
      { status: 'RUNNING' },
      {
        status: 'SUCCEEDED',
        container: { exitCode: 0, environment: [{ name: 'a', value: 'b' }] },
        tags: { owner: 'me' },
      },
    );
    world = await worldWith(queue.service);
    const execution = await run(world, submit('submitJob.sync'), { value: 'v' });
    expect(outputOf(execution)).toEqual({
      ...{ JobId: 'id', Status: 'SUCCEEDED', Tags: { owner: 'me' } },
      Container: { ExitCode: 0, Environment: [{ Name: 'a', Value: 'b' }] },
    });
    const events = await historyOf(world, execution.executionArn);
    expect(events.map(({ type }) => type)).toEqual([
      ...['ExecutionStarted', 'TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded'],
      ...['TaskStateExited', 'ExecutionSucceeded'],
    ]);
    expect(events[4].taskSubmittedEventDetails).toMatchObject({ resourceType: 'batch', resource: 'submitJob.sync' });
    expect(queue.terminated).toEqual([]);
  });

  test('fails with States.TaskFailed and the description of the job', async () => {
    const queue = batch({ status: 'FAILED', statusReason: 'Essential container exited' });
    world = await worldWith(queue.service);
    const execution = await run(world, submit('submitJob.sync'), { value: 'v' });
    expect(execution.error).toBe('States.TaskFailed');
    expect(JSON.parse(String(execution.cause))).toEqual({
      ...{ JobId: 'id', Status: 'FAILED', StatusReason: 'Essential container exited' },
    });
  });

  test('goes on waiting when AWS Batch throttles a look at the job', async () => {
    const queue = batch({ status: 'RUNNING' }, { status: 'SUCCEEDED' });
    world = await worldWith(queue.service);
    world.faults.set([{ kind: 'throttle', at: 'batch:DescribeJobs', times: 2 }]);
    expect(await run(world, submit('submitJob.sync'), { value: 'v' })).toMatchObject({ status: 'SUCCEEDED' });
    expect(queue.submitted).toHaveLength(1);
  });

  test('terminates the job when the execution is stopped', async () => {
    const queue = batch({ status: 'RUNNING' });
    world = await worldWith(queue.service);
    const executionArn = await start(world, await create(world, submit('submitJob.sync')), { value: 'v' });
    while (queue.submitted.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await world.run('states', 'StopExecution', { executionArn, error: 'E', cause: 'C' });
    expect(await ended(world, executionArn)).toMatchObject({ status: 'ABORTED', error: 'E', cause: 'C' });
    while (queue.terminated.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(queue.terminated).toMatchObject([{ jobId: 'id' }]);
    expect((await historyOf(world, executionArn)).at(-1)).toMatchObject({
      ...{ type: 'ExecutionAborted', executionAbortedEventDetails: { error: 'E', cause: 'C' } },
    });
  });

  test.each([
    ['the state', submit('submitJob.sync', { TimeoutSeconds: 0.02 }), 'FAILED'],
    ['the execution', JSON.stringify({ ...JSON.parse(submit('submitJob.sync')), TimeoutSeconds: 0.02 }), 'TIMED_OUT'],
  ])('terminates the job when the time of %s is up', async (_, definition, status) => {
    const queue = batch({ status: 'RUNNING' });
    world = await worldWith(queue.service);
    const execution = await run(world, definition, { value: 'v' });
    expect(execution).toMatchObject({ status, error: 'States.Timeout' });
    while (queue.terminated.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(queue.terminated).toHaveLength(1);
  });
});
