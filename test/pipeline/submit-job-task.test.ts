import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { beforeEach, describe, expect, test } from 'vitest';
import { ArraySize, BatchJob, PlatformCapability, SubmitJobTask, type SubmitJobTaskProps } from '../../lib';
import { PlainQueue } from '../support/queues';
import { statementsOf } from '../support/role-statements';
import { sharedQueue } from '../support/shared-queue';
import { newStack } from '../support/stack';
import { definitionOf, readable, type State, stateOf } from '../support/state-machine';

const image = ecs.ContainerImage.fromRegistry('busybox');
const NAME = "${part 0 of ${part 1 of ${JobB9D00F9F} by '/'} by ':'}";
let stack: Stack;
let queue: PlainQueue;
let job: BatchJob;

beforeEach(() => {
  stack = newStack();
  queue = new PlainQueue(stack, 'Queue', PlatformCapability.EC2);
  job = new BatchJob(stack, 'Job', { image, queue });
});

const task = (props: Partial<SubmitJobTaskProps> = {}): SubmitJobTask =>
  new SubmitJobTask(stack, 'Work', { job, ...props });

function machine(start: sfn.IChainable, queryLanguage?: sfn.QueryLanguage): void {
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(start), queryLanguage });
}

const state = (props: Partial<SubmitJobTaskProps> = {}): State => stateOf(task(props));

describe('the state', () => {
  test('submits the latest revision to the queue of the job and waits for its end', () => {
    expect(state()).toMatchObject({
      Type: 'Task',
      Resource: 'arn:${AWS::Partition}:states:::batch:submitJob.sync',
      End: true,
      Arguments: {
        JobName: "{% 'Work-' & $replace($states.context.Execution.Name, /[^A-Za-z0-9_-]/, '-') %}",
        JobDefinition: NAME,
        JobQueue: '${Queue4A7E3555.JobQueueArn}',
      },
    });
  });

  test('sends nothing that was not asked for', () => {
    expect(Object.keys(state().Arguments ?? {})).toEqual(['JobName', 'JobDefinition', 'JobQueue']);
  });

  test.each([sfn.QueryLanguage.JSON_PATH, sfn.QueryLanguage.JSONATA])(
    'speaks JSONata in a machine of %s',
    (language) => {
      machine(task(), language);
      expect(definitionOf(stack).States.Work).toMatchObject({ QueryLanguage: 'JSONata' });
    },
  );

  test('repeats what AWS Batch could not take, not a job that failed', () => {
    expect(state().Retry).toEqual([
      {
        ErrorEquals: ['Batch.ServerException', 'Batch.AWSBatchException', 'Batch.TooManyRequestsException'],
        IntervalSeconds: 2,
        BackoffRate: 2,
        MaxDelaySeconds: 300,
        MaxAttempts: 12,
        JitterStrategy: 'FULL',
      },
    ]);
  });

  test('leads on, and to a handler when it fails', () => {
    const chain = task().addCatch(new sfn.Fail(stack, 'Handler')).next(new sfn.Succeed(stack, 'Done'));
    machine(chain);
    expect(definitionOf(stack).States.Work).toMatchObject({
      Next: 'Done',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Handler' }],
    });
  });

  test('renders all options', () => {
    const other = sharedQueue(stack, 'Other');
    const rendered = state({
      queue: other,
      jobName: 'nightly',
      arraySize: ArraySize.of(500),
      command: ['run', '{% $states.input.day %}'],
      parameters: { day: 'monday' },
      environment: { MODE: 'fast' },
      shareIdentifier: 'research',
      schedulingPriority: 7,
      tags: { team: 'blue' },
      output: '{% $states.result.JobId %}',
    });
    expect(rendered.Output).toBe('{% $states.result.JobId %}');
    expect(rendered.Arguments).toEqual({
      JobName: 'nightly',
      JobDefinition: NAME,
      JobQueue: other.jobQueueArn,
      ArrayProperties: { Size: 500 },
      Parameters: { day: 'monday' },
      ContainerOverrides: {
        Command: ['run', '{% $states.input.day %}'],
        Environment: [{ Name: 'MODE', Value: 'fast' }],
      },
      ShareIdentifier: 'research',
      SchedulingPriorityOverride: 7,
      Tags: { team: 'blue' },
      PropagateTags: true,
    });
  });
});

describe('the environment', () => {
  test('may be an expression', () => {
    expect(state({ environmentExpression: '{% $plan.environment %}' })).toMatchObject({
      Arguments: { ContainerOverrides: { Environment: '{% $plan.environment %}' } },
    });
  });

  test('joins what is known with what an expression yields', () => {
    expect(
      state({
        environment: { QUOTED: 'say "hi"', COMPUTED: '{% $string($plan.count) %}' },
        environmentExpression: '{% $plan.environment %}',
      }),
    ).toMatchObject({
      Arguments: {
        ContainerOverrides: {
          Environment:
            '{% $append([{"Name": "QUOTED", "Value": "say \\"hi\\""}, ' +
            '{"Name": "COMPUTED", "Value": ($string($plan.count))}], ($plan.environment)) %}',
        },
      },
    });
  });

  test('refuses names that AWS Batch keeps for itself', () => {
    expect(() => task({ environment: { AWS_BATCH_JOB_ID: '1' } })).toThrow(
      /must not start with 'AWS_BATCH'.*\(in Stack\/Work\)/,
    );
  });

  const later = `{% ${'x'.repeat(9_000)} %}`;
  test.each([
    { characters: 8_192, command: ['run'], environment: { MODE: 'x'.repeat(8_185) }, known: true },
    { characters: 8_193, command: ['run'], environment: { MODE: 'x'.repeat(8_186) }, known: false },
    { characters: 7, command: ['run'], environment: { MODE: later }, known: true },
  ])('and the command may have 8,192 known characters: $characters', ({ characters, known, ...overrides }) => {
    const refused =
      `'command' and 'environment' have ${characters} characters, ECS takes 8192 and AWS Batch fails the job when it ` +
      `starts: keep data in a bucket and pass its location (in Stack/Work) [cdk-batch-platform:pipeline-overrides-length]`;
    expect(task(overrides).node.validate()).toEqual(known ? [] : [refused]);
  });
});

describe('the timeout', () => {
  const seconds = (timeout?: Duration): unknown => state({ timeout }).TimeoutSeconds;

  test('is one day on top of one attempt', () => {
    expect(seconds()).toBe(25 * 3600);
  });

  test('is seven days on top of one attempt for an array job, whose children wait for each other', () => {
    expect(state({ arraySize: ArraySize.of(2) }).TimeoutSeconds).toBe((7 * 24 + 1) * 3600);
  });

  test('is one day for a job whose attempts have an unknown time', () => {
    job = new BatchJob(stack, 'Long', {
      image,
      queue,
      timeout: Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber),
    });
    expect(seconds()).toBe(24 * 3600);
  });

  test('may be as long as one attempt', () => {
    expect(seconds(Duration.hours(1))).toBe(3600);
  });

  test('refuses to be shorter than one attempt', () => {
    expect(() => task({ timeout: Duration.minutes(59) })).toThrow(
      "'timeout' must not be shorter than the timeout of one attempt of Stack/Job (1 hour), got 59 minutes: " +
        'the time that the job waits in its queue counts as well (in Stack/Work) [cdk-batch-platform:pipeline-timeout]',
    );
  });
});

describe('the size of the array', () => {
  test.each([2, 10_000])('may be %d', (size) => {
    expect(state({ arraySize: ArraySize.of(size) })).toMatchObject({ Arguments: { ArrayProperties: { Size: size } } });
  });

  test.each([0, 1, 10_001, 2.5])('refuses %d', (size) => {
    expect(() => task({ arraySize: ArraySize.of(size) })).toThrow(
      `'arraySize' must be a whole number from 2 to 10000, got ${size} (in Stack/Work)`,
    );
  });

  test('may be an expression', () => {
    expect(state({ arraySize: ArraySize.fromExpression('{% $count($states.input) %}') })).toMatchObject({
      Arguments: { ArrayProperties: { Size: '{% $count($states.input) %}' } },
    });
  });

  test('refuses an expression without its braces', () => {
    expect(() => task({ arraySize: ArraySize.fromExpression('$.count') })).toThrow(
      `'arraySize' must be a JSONata expression, got "$.count": put it between '{%' and '%}' (in Stack/Work)`,
    );
  });
});

describe('a job that nobody waits for', () => {
  const integrationPattern = sfn.IntegrationPattern.REQUEST_RESPONSE;

  test('is submitted, and the state goes on', () => {
    const rendered = state({ integrationPattern });
    expect(rendered).toMatchObject({ Resource: 'arn:${AWS::Partition}:states:::batch:submitJob' });
    expect(rendered.TimeoutSeconds).toBeUndefined();
  });

  test('needs no permission but to submit it', () => {
    machine(task({ integrationPattern }));
    expect(statementsOf(stack, 'MachineRole').map(({ Action }) => Action)).toEqual(['batch:SubmitJob']);
  });

  test('refuses to send anything back', () => {
    expect(() => task({ integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN })).toThrow(
      "'integrationPattern' must be RUN_JOB or REQUEST_RESPONSE, got WAIT_FOR_TASK_TOKEN",
    );
  });
});

describe('other input', () => {
  test.each(['', '-a', 'a b', 'a'.repeat(129)])('refuses the job name %j', (jobName) => {
    expect(() => task({ jobName })).toThrow(/'jobName' must be a JSONata expression, or up to 128 letters/);
  });

  test.each([-1, 10_000, 1.5])('refuses the scheduling priority %d', (schedulingPriority) => {
    expect(() => task({ schedulingPriority })).toThrow(`from 0 to 9999, got ${schedulingPriority} (in Stack/Work)`);
  });

  test('refuses a queue of the other platform', () => {
    const fargate = new PlainQueue(stack, 'Fargate', PlatformCapability.FARGATE);
    expect(() => task({ queue: fargate })).toThrow(
      'the job definition is made for EC2, and jobs of Stack/Fargate run on FARGATE: use a queue for EC2 (in Stack/Work) ' +
        '[cdk-batch-platform:fit-platform]',
    );
  });

  test('lets deploy-time values pass', () => {
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const text = new CfnParameter(stack, 'Text').valueAsString;
    const rendered = state({
      jobName: text,
      arraySize: ArraySize.of(number),
      schedulingPriority: number,
      timeout: Duration.seconds(number),
      environment: { LATER: text },
    });
    expect(rendered).toMatchObject({ TimeoutSeconds: '${Number}' });
    expect(rendered.Arguments).toMatchObject({ JobName: '${Text}', ArrayProperties: { Size: '${Number}' } });
  });
});

describe('the role of the state machine', () => {
  const allowed = (): unknown[] =>
    statementsOf(stack, 'MachineRole').map(({ Action, Resource }) => ({
      actions: Action,
      resources: [readable(Resource)].flat(),
    }));
  const batch = 'arn:${AWS::Partition}:batch:${AWS::Region}:${AWS::AccountId}';

  test('may submit this job to this queue, stop jobs and learn of their end', () => {
    machine(task());
    expect(allowed()).toEqual([
      {
        actions: 'batch:SubmitJob',
        resources: [
          '${Queue4A7E3555.JobQueueArn}',
          `${batch}:job-definition/${NAME}:*`,
          `${batch}:job-definition/${NAME}`,
        ],
      },
      { actions: 'batch:TerminateJob', resources: [`${batch}:job/*`] },
      { actions: 'batch:DescribeJobs', resources: ['*'] },
      {
        actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
        resources: [
          'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/StepFunctionsGetEventsForBatchJobsRule',
        ],
      },
    ]);
  });

  test('may tag jobs when it does', () => {
    machine(task({ tags: { team: 'blue' } }));
    expect(allowed()).toContainEqual({
      actions: 'batch:TagResource',
      resources: [`${batch}:job-definition/${NAME}:*`, `${batch}:job-definition/${NAME}`, `${batch}:job/*`],
    });
  });

  test('is told of a task inside of a map', () => {
    machine(new sfn.Map(stack, 'Each').itemProcessor(task()));
    expect(allowed()).toHaveLength(4);
  });
});
