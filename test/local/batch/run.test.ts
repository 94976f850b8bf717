import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
});
afterEach(() => bench.world.close());

const attemptFolders = async (): Promise<readonly string[]> => {
  const folder = join(bench.world.directory, 'batch');
  return existsSync(folder) ? await readdir(folder) : [];
};

describe('a job', () => {
  test('runs its command and goes through all statuses', async () => {
    await bench.define('hello', 'console.log("hello")');
    const jobId = await bench.submit('hello');
    const job = await bench.ended(jobId);

    expect(job.values).toMatchObject({
      status: 'SUCCEEDED',
      jobName: 'hello',
      statusReason: 'Essential container in task exited',
    });
    expect(job.record('container').values).toMatchObject({ exitCode: 0, image: 'example/image' });
    expect(bench.output(job)).toEqual(['hello']);
    expect(bench.statuses(jobId)).toEqual(['RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED']);
  });

  test('says first in its log that the image was not used', async () => {
    await bench.define('hello', 'console.log("hello")');
    const job = await bench.run('hello');
    expect(bench.log(job)[0]).toBe(
      '[local endpoint] the image example/image was not used: the command ran as a process of this machine',
    );
    expect(job.record('container').text('logStreamName')).toMatch(/^hello\/default\/[0-9a-f]{32}$/);
  });
});
