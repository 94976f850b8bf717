import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { untilEnded } from '../support';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
});
afterEach(() => bench.world.close());

const LOST = { logDriver: 'awslogs', options: { 'awslogs-group': '/nowhere' } };

describe('a job', () => {
  test('runs its command and goes through all statuses', async () => {
    await bench.define('hello', 'console.log("hello")');
    const jobId = await bench.submit('hello');
    const job = await bench.ended(jobId);

    expect(job.values).toMatchObject({
      status: 'SUCCEEDED',
      jobName: 'hello',
      statusReason: 'Essential container in task exited',
      jobQueue: 'arn:aws:batch:us-east-1:000000000000:job-queue/queue',
      jobDefinition: 'arn:aws:batch:us-east-1:000000000000:job-definition/hello:1',
      isCancelled: false,
      isTerminated: false,
    });
    expect(job.record('container').values).toMatchObject({ exitCode: 0, image: 'example/image' });
    expect(bench.output(job)).toEqual(['hello']);
    expect(bench.statuses(jobId)).toEqual(['RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED']);
    expect(bench.events[0].type).toBe('Batch Job State Change');
  });

  test('says first in its log that the image was not used', async () => {
    await bench.define('hello', 'console.log("hello")');
    const job = await bench.run('hello');
    expect(bench.log(job)[0]).toBe(
      '[local endpoint] the image example/image was not used: the command ran as a process of this machine',
    );
    expect(job.record('container').text('logStreamName')).toMatch(/^hello\/default\/[0-9a-f]{32}$/);
  });

  test('says in its log which properties a host process does not get', async () => {
    await bench.define('hello', '', { user: 'nobody', volumes: [{ name: 'data' }], privileged: false });
    const job = await bench.run('hello');
    expect(bench.log(job)[1]).toBe('[local endpoint] not applied to a host process: volumes, user');
    expect(job.record('container').values).toMatchObject({ user: 'nobody', volumes: [{ name: 'data' }] });
  });

  test('reaches the endpoint as its role', async () => {
    await bench.define(
      'print',
      'console.log([process.env.AWS_ENDPOINT_URL, process.env.AWS_REGION].join()); console.log(process.env.AWS_ACCESS_KEY_ID)',
    );
    const [endpoint, key] = bench.output(await bench.run('print'));
    expect(endpoint).toBe(`${bench.world.url},us-east-1`);
    expect(bench.world.credentials.principalOf(key).arn).toBe('arn:aws:iam::000000000000:role/job');
  });

  test('acts as the instance when it has no role', async () => {
    await bench.define('print', 'console.log(process.env.AWS_ACCESS_KEY_ID)', { jobRoleArn: undefined });
    const [key] = bench.output(await bench.run('print'));
    expect(bench.world.credentials.principalOf(key).arn).toBe(
      'arn:aws:iam::000000000000:instance-profile/instance-profile',
    );
  });

  test('sees nothing else of the host', async () => {
    process.env.SECRET_OF_THE_HOST = 'secret';
    process.env.AWS_PROFILE = 'production';
    try {
      await bench.define('print', 'console.log([process.env.SECRET_OF_THE_HOST, process.env.AWS_PROFILE].join())');
      expect(bench.output(await bench.run('print'))).toEqual([',']);
    } finally {
      delete process.env.SECRET_OF_THE_HOST;
      delete process.env.AWS_PROFILE;
    }
  });

  test('cannot take the variables of the endpoint away', async () => {
    await bench.define('print', 'console.log(process.env.AWS_ENDPOINT_URL)', {
      environment: [{ name: 'AWS_ENDPOINT_URL', value: 'https://example.com' }],
    });
    expect(bench.output(await bench.run('print'))).toEqual([bench.world.url]);
  });

  test('works in a folder of its own, which is home and temporary folder and goes with it', async () => {
    await bench.define(
      'write',
      `require('fs').writeFileSync('result', 'x');
      console.log(process.cwd() === process.env.HOME, process.cwd() === process.env.TMPDIR, process.cwd())`,
    );
    const job = await bench.run('write');
    const [line] = bench.output(job);
    expect(line).toMatch(/^true true /);
    await vi.waitFor(() => {
      expect(existsSync(line.slice('true true '.length))).toBe(false);
    });
  });

  test('writes standard output and standard error to its log, the last line included', async () => {
    await bench.define('print', `process.stdout.write('one\\r\\n\\ntwo'); process.stderr.write('three\\nfour')`);
    expect([...bench.output(await bench.run('print'))].sort()).toEqual(['four', 'one', 'three', 'two']);
  });

  test('has long lines split and none lost', async () => {
    await bench.define('print', `process.stdout.write('x'.repeat(600_000)); console.log('y')`);
    const lines = bench.output(await bench.run('print'));
    expect(lines.join('')).toBe(`${'x'.repeat(600_000)}y`);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(256 * 1024);
  });

  test('takes with it what it started', async () => {
    await bench.define(
      'parent',
      `const child = require('child_process').spawn('node', ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      console.log(child.pid); setTimeout(() => process.exit(0), 50)`,
    );
    const [pid] = bench.output(await bench.run('parent'));
    await untilEnded(Number(pid));
  });
});

describe('a job that fails', () => {
  test('has the exit code of its command', async () => {
    await bench.define('fail', 'process.exit(3)');
    const job = await bench.run('fail');
    expect(job.values).toMatchObject({ status: 'FAILED', statusReason: 'Essential container in task exited' });
    expect(job.record('container').number('exitCode')).toBe(3);
    expect(job.records('attempts')).toHaveLength(1);
  });

  test('has 128 and the signal that ended its command', async () => {
    await bench.define('fail', 'process.kill(process.pid, "SIGKILL")');
    expect((await bench.run('fail')).record('container').number('exitCode')).toBe(137);
  });

  test.each([
    ['no-such-program', 'executable file not found in $PATH'],
    ['/no/such/program', 'stat /no/such/program: no such file or directory'],
  ])('names the command when there is no %s', async (program, what) => {
    await bench.define('missing', '', { command: [program, '--flag'] });
    const job = await bench.run('missing');
    expect(job.values).toMatchObject({ status: 'FAILED', statusReason: 'Task failed to start' });
    expect(job.record('container').text('reason')).toBe(
      `CannotStartContainerError: cannot run '${program} --flag': exec: "${program}": ${what} ` +
        '(of this machine: --runner process uses no image)',
    );
    expect(bench.statuses(job.text('jobId'))).toEqual(['RUNNABLE', 'STARTING', 'FAILED']);
  });

  test('says so when only the image knows its command', async () => {
    await bench.define('empty', '', { command: [] });
    expect((await bench.run('empty')).record('container').text('reason')).toMatch(
      /^CannotStartContainerError: the command that image example\/image may have is unknown here/,
    );
  });

  test('on EC2 for want of its log group has the reason of the container', async () => {
    await bench.define('lost', '', { logConfiguration: LOST });
    const job = await bench.run('lost');
    expect(job.text('statusReason')).toBe('Task failed to start');
    expect(job.record('container').text('reason')).toBe(
      'CannotStartContainerError: failed to initialize logging driver: ' +
        'ResourceNotFoundException: The specified log group does not exist.',
    );
  });

  test('on Fargate for want of its log group has the reason of the task', async () => {
    await bench.fargate();
    await bench.define(
      'lost',
      '',
      {
        logConfiguration: LOST,
        executionRoleArn: 'arn:aws:iam::000000000000:role/execution',
        resourceRequirements: [
          { type: 'VCPU', value: '0.25' },
          { type: 'MEMORY', value: '512' },
        ],
      },
      { platformCapabilities: ['FARGATE'] },
    );
    const job = await bench.run('lost', { jobQueue: 'fargate' });
    expect(job.text('statusReason')).toMatch(/^ResourceInitializationError: failed to validate logger args: /);
  });
});

describe('a log group', () => {
  test('of AWS Batch is made when it is needed', async () => {
    await bench.define('hello', 'console.log("hello")', { logConfiguration: undefined });
    expect(bench.output(await bench.run('hello'))).toEqual(['hello']);
    expect(bench.groups).toContain('/aws/batch/job');
  });

  test('is made when the job definition says so', async () => {
    const options = { 'awslogs-group': '/new', 'awslogs-create-group': 'true', 'awslogs-stream-prefix': 'prefix' };
    await bench.define('hello', '', { logConfiguration: { logDriver: 'awslogs', options } });
    const job = await bench.run('hello');
    expect(job.text('status')).toBe('SUCCEEDED');
    expect(job.record('container').text('logStreamName')).toMatch(/^prefix\/default\//);
  });
});

test('the folder of an image is linked into the working directory', async () => {
  await bench.world.close();
  const folder = join(bench.world.directory, 'image');
  await mkdir(join(folder, 'data'), { recursive: true });
  await writeFile(join(folder, 'main.js'), `console.log(require('fs').readFileSync('data/input', 'utf8'))`);
  await writeFile(join(folder, 'data', 'input'), 'content');
  bench = await BatchBench.create(undefined, [], { 'example/image': folder });
  await bench.define('linked', '', { command: ['node', 'main.js'] });
  expect(bench.output(await bench.run('linked'))).toEqual(['content']);
  await bench.world.close();
  expect(existsSync(join(folder, 'data', 'input'))).toBe(true);
});
