import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reader } from '../../../local/core/reader';
import type { Input } from '../../../local/core/service';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
});
afterEach(() => bench.world.close());

const FOREVER = 'setInterval(() => {}, 1e6)';

const container = (name: string, script: string, more: Input = {}): Input => ({
  name,
  image: `example/${name}`,
  command: ['node', '-e', script],
  resourceRequirements: [
    { type: 'VCPU', value: '1' },
    { type: 'MEMORY', value: '512' },
  ],
  logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/jobs' } },
  ...more,
});

const define = (containers: readonly Input[], task: Input = {}, more: Input = {}) =>
  bench.call('RegisterJobDefinition', {
    jobDefinitionName: 'task',
    type: 'container',
    ecsProperties: { taskProperties: [{ containers, taskRoleArn: 'arn:aws:iam::000000000000:role/task', ...task }] },
    ...more,
  });

const after = (containerName: string, condition: string): Input => ({ dependsOn: [{ containerName, condition }] });

const containersOf = (job: Reader): readonly Reader[] =>
  job.record('ecsProperties').records('taskProperties')[0].records('containers');

const fates = (job: Reader): readonly string[] =>
  containersOf(job).map((one) => `${one.text('name')} ${one.optionalText('exitCode') ?? 'not started'}`);

const outputs = (job: Reader): readonly string[] =>
  containersOf(job).flatMap((one) =>
    (bench.lines.get(one.text('logStreamName')) ?? []).filter((line) => !line.startsWith('[local endpoint]')),
  );

describe('a job of several containers', () => {
  test('has a log, variables and a size of its own for each of them', async () => {
    await define([
      container('main', "console.log('main', process.env.MINE, process.env.AWS_BATCH_JOB_ID.length)", {
        environment: [{ name: 'MINE', value: 'x' }],
      }),
      container('side', "console.log('side', process.env.MINE)", { essential: false }),
    ]);
    const job = await bench.run('task');
    expect(job.text('status')).toBe('SUCCEEDED');
    expect(outputs(job)).toContain('main x 36');
    expect(containersOf(job)[1].text('logStreamName')).toMatch(/^task\/side\/[0-9a-f]{32}$/);
    const [attempt] = job.records('attempts');
    expect(attempt.records('taskProperties')[0].records('containers')[0].values).toMatchObject({
      name: 'main',
      exitCode: 0,
    });
  });

  test('fails with the exit code of its essential container, by which it is retried', async () => {
    await define(
      [container('main', 'process.exit(7)'), container('side', '', { essential: false })],
      {},
      {
        retryStrategy: { attempts: 3, evaluateOnExit: [{ onExitCode: '7', action: 'EXIT' }] },
      },
    );
    const job = await bench.run('task');
    expect(job.text('status')).toBe('FAILED');
    expect(job.records('attempts')).toHaveLength(1);
  });

  test('runs without its log router, whose place the log takes', async () => {
    await define([
      container('router', FOREVER, { firelensConfiguration: { type: 'fluentbit' } }),
      container('main', "console.log('here')", {
        logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'x' } },
        ...after('router', 'START'),
      }),
    ]);
    bench.groups.add('/aws/batch/job');
    const job = await bench.run('task');
    expect(job.text('status')).toBe('SUCCEEDED');
    expect(bench.lines.get(containersOf(job)[1].text('logStreamName'))).toContain('here');
  });

  test('is terminated as a whole', async () => {
    await define([container('main', FOREVER), container('side', FOREVER)]);
    const id = await bench.submit('task');
    await bench.reaches(id, 'RUNNING');
    await bench.call('TerminateJob', { jobId: id, reason: 'enough' });
    const job = await bench.ended(id);
    expect(job.text('statusReason')).toBe('enough');
    for (const fate of fates(job)) expect(fate).toMatch(/ (143|not started)$/);
  });

  test('takes overrides by the names of its containers', async () => {
    await define([container('main', "console.log('old', process.env.A)"), container('side', '', { essential: false })]);
    const containers = [{ name: 'main', environment: [{ name: 'A', value: 'b' }] }];
    const job = await bench.run('task', { ecsPropertiesOverride: { taskProperties: [{ containers }] } });
    expect(outputs(job)).toContain('old b');
    const unknown = { taskProperties: [{ containers: [{ name: 'none' }] }] };
    await expect(bench.submit('task', { ecsPropertiesOverride: unknown })).rejects.toThrow(
      "the job definition has no container 'none' to override",
    );
    await expect(bench.submit('task', { containerOverrides: {} })).rejects.toThrow(
      "'containerOverrides' must not be given: the job definition has ecsProperties, which take ecsPropertiesOverride",
    );
  });

  test('runs on Managed Instances', async () => {
    await bench.environment('mi', 4, {
      ...{ type: 'ECS_MANAGED_INSTANCES', instanceRole: undefined, instanceTypes: undefined },
      ...{ subnets: undefined, securityGroupIds: undefined },
      managedInstancesProvider: {
        infrastructureRoleArn: 'arn:aws:iam::000000000000:role/i',
        instanceLaunchTemplate: {
          ec2InstanceProfileArn: 'arn:aws:iam::000000000000:instance-profile/p',
          networkConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] },
        },
      },
    });
    await bench.queue('mi', 1, ['mi']);
    await define([container('main', '')], {}, { platformCapabilities: ['MANAGED_INSTANCES'] });
    expect((await bench.run('task', { jobQueue: 'mi' })).text('status')).toBe('SUCCEEDED');
    await expect(bench.submit('task')).rejects.toThrow('is for MANAGED_INSTANCES');
  });
});

test.each<[string, readonly Input[], Input, string]>([
  ['no containers', [], {}, 'a job has 1 to 10 containers, got 0'],
  ['an unknown dependency', [container('a', '', after('b', 'START'))], {}, "depends on 'b', which is not there"],
  [
    'a circle',
    [container('a', '', after('b', 'START')), container('b', '', after('a', 'START'))],
    {},
    'containers wait for each other: a, b',
  ],
])('refuses a task with %s', async (_what, containers, task, message) => {
  const refusal = define(containers, task);
  await expect(refusal).rejects.toThrow(message);
  await expect(refusal).rejects.toMatchObject({ code: 'ClientException' });
});
