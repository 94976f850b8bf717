import { type ContainerProperties, type JobDetail, TerminateJobCommand } from '@aws-sdk/client-batch';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../../local/endpoint';
import { startOwn, targetOf } from '../../../conformance/kit/endpoints';
import { definitionOf, ended, linesOf, placeOf, reaches, submitTo } from '../../../conformance/kit/jobs';
import { createTarget, type Target } from '../../../conformance/kit/target';

const IMAGE = 'localhost/cdk-batch-platform-test:latest';
const folder = mkdtempSync(join(tmpdir(), 'real-engine-'));

const works = (command: string, ...args: readonly string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** An image of one program and a directory that anybody may write to, made of files of this machine. */
const build = (engine: string): boolean => {
  const steps = ['FROM scratch', 'COPY tool /tool', 'ADD tmp.tar /', 'CMD ["/tool", "show"]'];
  writeFileSync(join(folder, 'Dockerfile'), `${steps.join('\n')}\n`);
  mkdirSync(join(folder, 'tmp'));
  execFileSync('tar', ['--create', '--file', 'tmp.tar', '--mode', '1777', 'tmp'], { cwd: folder });
  const compile = ['-static', '-o', join(folder, 'tool'), resolve(import.meta.dirname, 'tool.c')];
  return works('cc', ...compile) && works(engine, 'build', '--tag', IMAGE, folder);
};

const engine = (['docker', 'podman'] as const).find((name) => works(name, 'ps', '--quiet'));
const isReady = engine !== undefined && build(engine);
const why = engine === undefined ? 'no container engine answers here' : 'no image can be built here';

describe.skipIf(!isReady)(isReady ? `jobs in containers of ${engine}` : `jobs in containers (skipped: ${why})`, () => {
  let endpoint: Endpoint;
  let target: Target;
  let queue: string;
  beforeAll(async () => {
    endpoint = await startOwn({ runner: engine });
    ({ target } = createTarget(targetOf(endpoint)));
    queue = await placeOf(target);
  });
  afterAll(async () => {
    await endpoint.close();
    works(engine ?? '', 'image', 'rm', '--force', IMAGE);
    rmSync(folder, { recursive: true, force: true });
  });

  const submit = async (properties: ContainerProperties): Promise<string> => {
    const resourceRequirements = [
      { type: 'VCPU', value: '1' },
      { type: 'MEMORY', value: '32' },
    ] as const;
    const containerProperties = { image: IMAGE, resourceRequirements: [...resourceRequirements], ...properties };
    return submitTo(target, queue, await definitionOf(target, '', { containerProperties }));
  };
  const run = async (properties: ContainerProperties): Promise<JobDetail> => ended(target, await submit(properties));
  /** Runs a job until it has written its first line, and asks it to stop. */
  const stop = async (...command: string[]): Promise<string> => {
    const jobId = await submit({ command: ['/tool', ...command] });
    const running = await reaches(target, jobId, 'RUNNING');
    await target.eventually(async () => {
      expect(await linesOf(target, running)).toEqual(['ready']);
    });
    await target.clients.batch.send(new TerminateJobCommand({ jobId, reason: 'enough' }));
    return jobId;
  };

  test('run the command of their image, as their user, with their variables', async () => {
    const job = await run({ user: '1234', environment: [{ name: 'GIVEN', value: 'a b' }] });
    expect(job).toMatchObject({ status: 'FAILED', container: { exitCode: 3 } });
    expect([...(await linesOf(target, job))].sort()).toEqual(['to stderr', 'uid 1234, GIVEN=a b']);
  });

  test('reach the endpoint', async () => {
    const job = await run({ command: ['/tool', 'reach'] });
    expect([job.status, await linesOf(target, job)]).toEqual(['SUCCEEDED', ['HTTP/1.1']]);
  });

  test('write where they may', async () => {
    const mounts = {
      volumes: [{ name: 'v', host: { sourcePath: folder } }],
      mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }],
      linuxParameters: { tmpfs: [{ containerPath: '/t', size: 1 }] },
      readonlyRootFilesystem: true,
    };
    const codes = await Promise.all(
      ['/v/file', '/t/file', '/file'].map(async (path) => {
        const job = await run({ ...mounts, command: ['/tool', 'touch', path] });
        return job.container?.exitCode;
      }),
    );
    expect(codes).toEqual([0, 0, 4]);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('written\n');
  });

  test('write to a scratch volume whoever they are, where anybody may write in the image', async () => {
    const scratch = {
      volumes: [{ name: 'volume1' }],
      mountPoints: [{ sourceVolume: 'volume1', containerPath: '/tmp' }],
      readonlyRootFilesystem: true,
      user: '1000:1000',
    };
    const codes = await Promise.all(
      ['/tmp/file', '/file'].map(
        async (path) => (await run({ ...scratch, command: ['/tool', 'touch', path] })).container,
      ),
    );
    expect(codes).toMatchObject([{ exitCode: 0 }, { exitCode: 4 }]);
  });

  test('are killed when they take more memory than they have', async () => {
    expect((await run({ command: ['/tool', 'devour'] })).container).toMatchObject({
      exitCode: 137,
      reason: 'OutOfMemoryError: Container killed due to memory usage',
    });
  });

  test('are asked to stop, and killed 30 seconds later', async () => {
    expect((await ended(target, await stop('wait'))).container?.exitCode).toBe(9);
    const deaf = await stop('wait', 'deaf');
    await endpoint.world.clock.advance(30_000);
    expect((await ended(target, deaf)).container?.exitCode).toBe(137);
  });

  test.each([
    [{ image: '127.0.0.1:9/none/such:1' }, /^CannotPullContainerError: .*127\.0\.0\.1:9/],
    [{ command: ['/none'] }, /^CannotStartContainerError: .*\/none/],
  ])('that cannot start (%j) say why', async (properties, reason) => {
    const job = await run(properties);
    expect(job.statusReason).toBe('Task failed to start');
    expect(job.container?.reason).toMatch(reason);
  });

  test('leave nothing behind', () => {
    const left = [
      'ps',
      '--all',
      '--quiet',
      '--filter',
      `label=cdk-batch-platform.endpoint=${endpoint.world.directory}`,
    ];
    expect(execFileSync(engine ?? '', left, { encoding: 'utf8' })).toBe('');
  });
});
