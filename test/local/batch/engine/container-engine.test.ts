import {
  type ContainerProperties,
  type JobDetail,
  RegisterJobDefinitionCommand,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../../local/endpoint';
import { startOwn, targetOf } from '../../../conformance/kit/endpoints';
import { containerOf, definitionOf, ended, linesOf, placeOf, reaches, submitTo } from '../../../conformance/kit/jobs';
import { createTarget, type Target } from '../../../conformance/kit/target';
import { type FakeEngine, installFakeEngine } from './fake';

let engine: FakeEngine;
let endpoint: Endpoint;
let target: Target;
beforeEach(async () => {
  engine = installFakeEngine('docker');
  endpoint = await startOwn({ runner: 'docker' });
  ({ target } = createTarget(targetOf(endpoint)));
});
afterEach(async () => {
  await endpoint.close();
  engine.remove();
});

const define = (script: string, more: Partial<ContainerProperties> = {}, retryStrategy = {}): Promise<string> =>
  definitionOf(target, '', {
    containerProperties: { ...containerOf(script), image: 'here/tool', ...more },
    retryStrategy,
  });

const submit = async (definition: string): Promise<string> => submitTo(target, await placeOf(target), definition);

const run = async (definition: string): Promise<JobDetail> => ended(target, await submit(definition));

describe('a job in a container', () => {
  test('has its output, its exit code and the endpoint, and leaves nothing behind', async () => {
    const job = await run(await define('echo out; echo err >&2; echo $AWS_ENDPOINT_URL $HOME; exit 3'));
    expect(job).toMatchObject({ status: 'FAILED', container: { exitCode: 3 } });
    expect([...(await linesOf(target, job))].sort()).toEqual(['err', endpoint.url, 'out'].sort());
    const name = /task\/batch\/(\w+)$/.exec(job.container?.taskArn ?? '')?.at(1);
    expect(engine.calls().filter((call) => !call.startsWith('create'))).toEqual([
      expect.stringContaining('ps --all --quiet --filter label='),
      expect.stringContaining('volume ls --quiet --filter label='),
      'image inspect --format {{.Id}} here/tool',
      ...['start', 'logs --follow', 'wait', 'rm --force --volumes'].map((call) => `${call} batch-${name}-default`),
    ]);
  });

  test('has the credentials of its role, which no command line shows', async () => {
    const job = await run(await define('echo $AWS_SESSION_TOKEN; test -n "$AWS_SECRET_ACCESS_KEY"'));
    expect(job.status).toBe('SUCCEEDED');
    const [token = ''] = await linesOf(target, job);
    expect(token).not.toBe('');
    expect(engine.calls().join('\n')).not.toContain(token);
  });

  test('is stopped politely, and killed 30 seconds later', async () => {
    const jobId = await submit(await define("trap '' TERM; echo up; while true; do sleep 0.05; done"));
    const running = await reaches(target, jobId, 'RUNNING');
    await target.eventually(async () => {
      expect(await linesOf(target, running)).toEqual(['up']);
    });
    await target.clients.batch.send(new TerminateJobCommand({ jobId, reason: 'enough' }));
    await target.eventually(() => {
      expect(engine.calls().some((call) => call.startsWith('kill --signal SIGTERM'))).toBe(true);
    });
    await endpoint.world.clock.advance(30_000);
    expect(await ended(target, jobId)).toMatchObject({ statusReason: 'enough', container: { exitCode: 137 } });
  });

  test('that is stopped while its image is loaded does not start', async () => {
    const jobId = await submit(await define('true', { image: 'slow/image' }));
    await target.eventually(() => {
      expect(engine.calls()).toContain('pull --quiet slow/image');
    });
    await target.clients.batch.send(new TerminateJobCommand({ jobId, reason: 'enough' }));
    const job = await ended(target, jobId);
    expect(job.statusReason).toBe('enough');
    expect(job.startedAt).toBeUndefined();
    expect(engine.calls().some((call) => call.startsWith('create'))).toBe(false);
  });

  test('that had too much memory says so', async () => {
    const job = await run(await define('kill -9 $$', { image: 'here/greedy' }));
    expect(job).toMatchObject({
      statusReason: 'Essential container in task exited',
      container: { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
    });
  });

  test.each<[string, Partial<ContainerProperties>, string]>([
    [
      'be loaded',
      { image: 'none/such' },
      'CannotPullContainerError: Error response from daemon: pull access denied for none/such',
    ],
    [
      'be made',
      {
        volumes: [{ name: 'v', host: { sourcePath: '/refused' } }],
        mountPoints: [{ sourceVolume: 'v', containerPath: '/data' }],
      },
      'CannotCreateContainerError: Error response from daemon: invalid mount',
    ],
    [
      'start',
      { command: ['no-such-program'] },
      'CannotStartContainerError: Error response from daemon: exec: "no-such-program"',
    ],
  ])('that cannot %s says why, and is tried again as rules say', async (_, more, reason) => {
    const rules = [
      { onReason: 'Cannot*', action: 'RETRY' },
      { onReason: '*', action: 'EXIT' },
    ];
    const job = await run(await define('true', more, { attempts: 2, evaluateOnExit: rules }));
    expect(job).toMatchObject({ status: 'FAILED', statusReason: 'Task failed to start' });
    expect(job.container?.reason).toContain(reason);
    expect(job.attempts).toHaveLength(2);
  });
});

test('the containers of a task share its volumes, which go with it', async () => {
  const { jobDefinitionArn = '' } = await target.clients.batch.send(
    new RegisterJobDefinitionCommand({
      ...{ jobDefinitionName: target.name('task'), type: 'container' },
      ecsProperties: {
        taskProperties: [
          {
            volumes: [{ name: 'scratch' }],
            containers: ['one', 'two'].map((name) => ({
              ...{ name, ...containerOf('sleep 0.1'), image: 'here/tool' },
              mountPoints: [{ sourceVolume: 'scratch', containerPath: '/scratch' }],
            })),
          },
        ],
      },
    }),
  );
  expect((await run(jobDefinitionArn)).status).toBe('SUCCEEDED');
  const mounts = engine.calls().flatMap((call) => /--volume (\S+):\/scratch/.exec(call)?.at(1) ?? []);
  expect(mounts).toHaveLength(2);
  expect(new Set(mounts).size).toBe(1);
  const label = `cdk-batch-platform.endpoint=${endpoint.world.directory}`;
  const made = engine.calls().filter((call) => call.startsWith('volume create'));
  expect(made).toEqual([`volume create --label ${label} ${mounts[0]}`]);
  await target.eventually(() => {
    expect(engine.calls()).toContain(`volume rm --force ${mounts[0]}`);
  });
});

test('what an engine cannot do is refused when the job is submitted', async () => {
  const volumes = [{ name: 'shared', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }];
  const refusal = submit(await define('true', { volumes }));
  await expect(refusal).rejects.toThrow('volumes of Amazon EFS');
  await expect(refusal).rejects.toMatchObject({ name: 'NotImplemented' });
});

describe('an endpoint', () => {
  test('removes the containers and volumes that it left when it was killed', async () => {
    engine.set('left');
    const other = await startEndpoint({ runner: 'docker' });
    await other.close();
    expect(engine.calls()).toContain('rm --volumes --force left-1 left-2');
    expect(engine.calls()).toContain('volume rm --force left-volume');
  });

  test('does not start without its engine', async () => {
    engine.set('down');
    await expect(startEndpoint({ runner: 'docker' })).rejects.toThrow(
      '--runner docker: docker does not answer: Error: Error response from daemon: Is the docker daemon running?; ' +
        'start it, or take --runner process, which uses no images',
    );
    const { PATH } = process.env;
    process.env.PATH = '/nowhere';
    try {
      await expect(startEndpoint({ runner: 'podman' })).rejects.toThrow(
        '--runner podman: there is no podman on the PATH; install it (https://podman.io/docs/installation), or take',
      );
    } finally {
      process.env.PATH = PATH;
    }
  });
});
