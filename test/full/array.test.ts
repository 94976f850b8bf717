import { paginateListJobs } from '@aws-sdk/client-batch';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startOwn, targetOf } from '../conformance/kit/endpoints';
import { definitionOf, jobOf, placeOf, submitTo } from '../conformance/kit/jobs';
import { createTarget } from '../conformance/kit/target';

const SIZE = 10_000;
const FAILS_EACH = 1000;

test('each of 10,000 children of an array job runs once, and those that fail are listed', async () => {
  const endpoint = await startOwn();
  onTestFinished(() => endpoint.close());
  const { target } = createTarget(targetOf(endpoint));
  const place = await placeOf(target, { maxvCpus: 64 });
  const job = await definitionOf(target, `test $((AWS_BATCH_JOB_ARRAY_INDEX % ${FAILS_EACH})) != 7`);
  const jobId = await submitTo(target, place, job, { arrayProperties: { size: SIZE } });
  await vi.waitFor(
    async () => {
      expect((await jobOf(target, jobId)).status).toBe('FAILED');
    },
    { timeout: 500_000, interval: 500 },
  );

  const indexes = async (jobStatus: 'SUCCEEDED' | 'FAILED') => {
    const listed: number[] = [];
    for await (const { jobSummaryList = [] } of paginateListJobs(
      { client: target.clients.batch, pageSize: 1000 },
      { arrayJobId: jobId, jobStatus },
    )) {
      listed.push(...jobSummaryList.map(({ arrayProperties }) => arrayProperties?.index ?? -1));
    }
    return listed.sort((one, other) => one - other);
  };
  const all = Array.from({ length: SIZE }, (_, index) => index);
  expect(await indexes('FAILED')).toEqual(all.filter((index) => index % FAILS_EACH === 7));
  expect(await indexes('SUCCEEDED')).toEqual(all.filter((index) => index % FAILS_EACH !== 7));
  const failed = await jobOf(target, `${jobId}:7`);
  expect(failed.attempts).toMatchObject([{ container: { exitCode: 1 } }]);
  expect((await jobOf(target, jobId)).arrayProperties?.statusSummary).toMatchObject({ SUCCEEDED: 9990, FAILED: 10 });
});
