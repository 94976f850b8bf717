import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { definitionOf, ended, jobOf, linesOf, placeOf, reaches, submitTo } from '../kit/jobs';
import { table } from '../kit/table';
import type { OwnTarget } from '../kit/target';

const SOURCE = 'batch/latest/userguide/job_timeouts.html';
const TIMED_OUT = 'Job attempt duration exceeded timeout';
const HOUR = { attemptDurationSeconds: 3600 };

const submit = async (target: OwnTarget, script: string, more: object = {}): Promise<string> => {
  const definition = await definitionOf(target, script, { timeout: HOUR, retryStrategy: { attempts: 3 } });
  return submitTo(target, await placeOf(target), definition, more);
};

export const timeouts = table('AWS Batch', 'Timeouts', [
  {
    behaviour: 'a job that times out is not tried again: it gets SIGTERM, and SIGKILL 30 seconds later',
    source: SOURCE,
    local: async (target) => {
      const jobId = await submit(target, "trap 'echo asked' TERM; echo ready; while true; do sleep 0.05; done");
      const running = await reaches(target, jobId, 'RUNNING');
      const writes = (line: string) =>
        target.eventually(async () => {
          expect(await linesOf(target, running)).toContain(line);
        });
      await writes('ready');
      const { clock } = target.endpoint.world;
      await clock.advance(3_601_000);
      await writes('asked');
      await reaches(target, jobId, 'RUNNING');
      await clock.advance(30_000);
      const job = await ended(target, jobId);
      expect(job).toMatchObject({ status: 'FAILED', statusReason: TIMED_OUT, container: { exitCode: 137 } });
      expect(job.attempts).toHaveLength(1);
    },
  },
  {
    behaviour: 'the time begins anew with each attempt',
    source: SOURCE,
    local: async (target) => {
      const file = join(tmpdir(), target.name('go'));
      const jobId = await submit(target, `while [ ! -e ${file} ]; do sleep 0.02; done; rm ${file}; exit 1`);
      const { clock } = target.endpoint.world;
      target.cleanup(() => rm(file, { force: true }));
      for (const attempts of [1, 2]) {
        await reaches(target, jobId, 'RUNNING');
        await clock.advance(2_400_000);
        await writeFile(file, '');
        await target.eventually(async () => {
          expect((await jobOf(target, jobId)).attempts).toHaveLength(attempts);
        });
      }
      await reaches(target, jobId, 'RUNNING');
      await clock.advance(3_600_000);
      expect((await ended(target, jobId)).statusReason).toBe(TIMED_OUT);
    },
  },
  {
    behaviour: 'the timeout of an array is that of each of its children, not of the parent',
    source: 'batch/latest/APIReference/API_JobTimeout.html',
    local: async (target) => {
      const arrayProperties = { size: 2 };
      const script = 'test $AWS_BATCH_JOB_ARRAY_INDEX = 0 || sleep 600';
      const jobId = await submit(target, script, { arrayProperties });
      await ended(target, `${jobId}:0`);
      await reaches(target, `${jobId}:1`, 'RUNNING');
      await target.endpoint.world.clock.advance(3_600_000);
      expect((await ended(target, jobId)).statusReason).not.toBe(TIMED_OUT);
      const children = await Promise.all([0, 1].map((index) => jobOf(target, `${jobId}:${index}`)));
      expect(children.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED']);
      expect(children[1].statusReason).toBe(TIMED_OUT);
    },
  },
  {
    behaviour: 'the timeout of a submission wins over that of the definition',
    source: SOURCE,
    local: async (target) => {
      const jobId = await submit(target, 'sleep 600', { timeout: { attemptDurationSeconds: 60 } });
      await reaches(target, jobId, 'RUNNING');
      await target.endpoint.world.clock.advance(60_000);
      expect(await ended(target, jobId)).toMatchObject({
        statusReason: TIMED_OUT,
        timeout: { attemptDurationSeconds: 60 },
      });
    },
  },
  {
    behaviour: 'a timeout is at least 60 seconds',
    source: SOURCE,
    test: async (target) => {
      const timeout = { attemptDurationSeconds: 59 };
      await expect(definitionOf(target, 'true', { timeout })).rejects.toMatchObject({ name: 'ClientException' });
    },
  },
]);
