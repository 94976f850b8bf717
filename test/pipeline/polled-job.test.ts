import { Duration, type Stack } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input, Output } from '../../local/core/service';
import { PlatformCapability, SubmitJobTask, type SubmitJobTaskProps } from '../../lib';
import { machineOf, outputOf, run, worldWith } from '../local/states/support';
import type { TestWorld } from '../local/support';
import { nodesOf, PlainJob, podOf, taskOf } from '../support/plain-job';
import { PlainQueue } from '../support/queues';
import { statementsOf } from '../support/role-statements';
import { newStack } from '../support/stack';
import { type State, stateOf, valueAt } from '../support/state-machine';

let stack: Stack;
let world: TestWorld | undefined;

beforeEach(() => {
  stack = newStack();
});

afterEach(() => world?.close());

function task(
  props: Partial<SubmitJobTaskProps> = {},
  definition: Partial<batch.CfnJobDefinitionProps> = nodesOf('0:'),
) {
  const platform = definition.eksProperties === undefined ? PlatformCapability.EC2 : PlatformCapability.EKS;
  const job = new PlainJob(stack, 'Job', new PlainQueue(stack, 'Queue', platform), definition);
  return new SubmitJobTask(stack, 'Simulate', { job, ...props });
}

const state = (props?: Partial<SubmitJobTaskProps>, definition?: Partial<batch.CfnJobDefinitionProps>): State =>
  stateOf(task(props, definition));

describe('the state of a job that Step Functions cannot wait for', () => {
  test.each([
    { kind: 'several nodes', definition: nodesOf('0:') },
    { kind: 'several containers', definition: { ecsProperties: taskOf('a', 'b') } },
    { kind: 'a pod', definition: { eksProperties: podOf('a') } },
  ])('of $kind calls AWS Batch by itself, without container overrides', ({ definition }) => {
    const rendered = state({}, definition);
    expect(rendered).toMatchObject({ Type: 'Parallel', QueryLanguage: 'JSONata', End: true });
    expect(rendered.Retry).toBeUndefined();
    expect(JSON.stringify(rendered)).not.toMatch(/ContainerOverrides|submitJob\.sync/);
  });

  test('speaks JSONata in each state, as states of a branch take the language of the state machine', () => {
    const text = JSON.stringify(valueAt(state(), 'Branches'));
    const types = text.match(/"Type":"(Task|Wait|Choice|Succeed|Fail)"/g);
    expect(text.match(/"QueryLanguage":"JSONata"/g)).toHaveLength(types?.length ?? 0);
    expect(types).toHaveLength(8);
  });

  test('may be submitted only', () => {
    const rendered = state({ integrationPattern: sfn.IntegrationPattern.REQUEST_RESPONSE });
    expect(rendered).toMatchObject({
      Type: 'Task',
      Resource: 'arn:${AWS::Partition}:states:::aws-sdk:batch:submitJob',
      Retry: [{ ErrorEquals: ['Batch.ServerException', 'Batch.BatchException', 'Batch.SdkClientException'] }],
    });
  });

  test('has names that Step Functions takes, whatever its own', () => {
    const job = new PlainJob(stack, 'Job', new PlainQueue(stack, 'Queue', PlatformCapability.EC2), nodesOf('0:'));
    const long = stateOf(new SubmitJobTask(stack, 'x'.repeat(80), { job }));
    const [branch] = [valueAt(long, 'Branches')].flat();
    const names = [...JSON.stringify(branch).matchAll(/"(x+: [a-z?]+)":/g)].map(([, name]) => name);
    expect(names).toHaveLength(8);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(80);
  });

  test('lets the role submit, describe and stop jobs, and needs no rule', () => {
    const definitionBody = sfn.DefinitionBody.fromChainable(task());
    new sfn.StateMachine(stack, 'Machine', { definitionBody });
    expect(statementsOf(stack, 'MachineRole').map(({ Action }) => Action)).toEqual([
      'batch:SubmitJob',
      'batch:TerminateJob',
      'batch:DescribeJobs',
    ]);
  });
});

const DESCRIPTION = {
  attempts: [{ container: { exitCode: 1 } }],
  container: { environment: [{ name: 'PASSWORD', value: 'hush' }] },
};

describe('run by the engine of the local endpoint', () => {
  let calls: { readonly operation: string; readonly input: Input }[];

  /** Runs the state; AWS Batch tells these states of the job, one after the other. */
  async function execute(statuses: readonly string[], props?: Partial<SubmitJobTaskProps>): Promise<Output> {
    calls = [];
    let looks = 0;
    const operation = (name: string, answer: (input: Input) => Output) => (input: Input) => {
      calls.push({ operation: name, input });
      return answer(input);
    };
    const operations = {
      SubmitJob: operation('SubmitJob', () => ({ jobId: 'j' })),
      DescribeJobs: operation('DescribeJobs', () => {
        const status = statuses[Math.min(looks, statuses.length - 1)];
        looks += 1;
        return { jobs: [{ ...DESCRIPTION, jobId: 'j', status, statusReason: 'said so' }] };
      }),
      TerminateJob: operation('TerminateJob', () => ({})),
    };
    world = await worldWith({ name: 'batch', operations });
    const json = machineOf({ Simulate: state(props) }).replaceAll('${AWS::Partition}', 'aws');
    return run(world, json.replace(/"Seconds":"[^"]*"/, '"Seconds":0'), { day: 'monday' });
  }

  test('submits once, looks until the job has succeeded, and yields its description', async () => {
    const execution = await execute(['RUNNABLE', 'RUNNING', 'SUCCEEDED'], {
      jobName: 'mpi',
      parameters: { day: '{% $states.input.day %}' },
    });
    expect(outputOf(execution)).toMatchObject({ JobId: 'j', Status: 'SUCCEEDED', StatusReason: 'said so' });
    expect(calls.map(({ operation }) => operation)).toEqual(['SubmitJob', ...Array<string>(3).fill('DescribeJobs')]);
    expect(calls[0].input).toMatchObject({ jobName: 'mpi', parameters: { day: 'monday' } });
    expect(calls[1].input).toEqual({ jobs: ['j'] });
  });

  test('yields what the output asks for', async () => {
    expect(outputOf(await execute(['SUCCEEDED'], { output: '{% {"id": $states.result.JobId} %}' }))).toEqual({
      id: 'j',
    });
  });

  test('fails when the job does, with what it says of its end and nothing of its definition', async () => {
    const { status, error, cause } = await execute(['FAILED']);
    expect([status, error]).toEqual(['FAILED', 'Batch.JobFailed']);
    expect(JSON.parse(String(cause))).toEqual({
      ...{ JobId: 'j', Status: 'FAILED', StatusReason: 'said so' },
      Attempts: [{ Container: { ExitCode: 1 } }],
    });
  });

  test('terminates a job that takes too long', async () => {
    const { error, cause } = await execute(['RUNNING'], { timeout: Duration.seconds(0) });
    expect([error, cause]).toEqual(['Batch.JobTimedOut', 'the job j took longer than 0 seconds']);
    expect(calls.at(-1)).toMatchObject({ operation: 'TerminateJob', input: { jobId: 'j' } });
  });
});
