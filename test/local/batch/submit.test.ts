import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
  await bench.define('ok', '');
  await bench.define('print', 'console.log(process.argv.slice(1).join("|"))');
});
afterEach(() => bench.world.close());

const PRINT = ['node', '-e', 'console.log(process.argv.slice(1).join("|"))', '--'];

describe('parameters', () => {
  test('of the submission win over those of the definition; others stay as they are', async () => {
    const command = [...PRINT, 'Ref::codec', 'in=Ref::input', 'Ref::none', 'Ref::toString'];
    await bench.define('encode', '', { command }, { parameters: { codec: 'mp4', input: 'default' } });
    const job = await bench.run('encode', { parameters: { input: 'a b' } });
    expect(bench.output(job)).toEqual(['mp4|in=a b|Ref::none|Ref::toString']);
    expect(job.record('parameters').values).toEqual({ codec: 'mp4', input: 'a b' });
    expect(job.record('container').texts('command').slice(4)).toEqual(['mp4', 'in=a b', 'Ref::none', 'Ref::toString']);
  });

  test('are put into an overridden command too', async () => {
    const command = [...PRINT, 'Ref::name'];
    const job = await bench.run('ok', { parameters: { name: '$& $1' }, containerOverrides: { command } });
    expect(bench.output(job)).toEqual(['$& $1']);
  });
});

describe('container overrides', () => {
  test.each([
    [8192, 'SUCCEEDED'],
    [8193, 'FAILED'],
  ])('of %d characters: %s', async (length, status) => {
    const frame = JSON.stringify({ environment: [{ name: 'LONG', value: '' }] }).length;
    const environment = [{ name: 'LONG', value: 'x'.repeat(length - frame) }];
    const job = await bench.run('ok', { containerOverrides: { environment } });
    expect(job.text('status')).toBe(status);
    if (status === 'FAILED') expect(job.text('statusReason')).toBe('Container Overrides length must be at most 8192');
  });

  test('too long for it fail every child of an array', async () => {
    const environment = [{ name: 'LONG', value: 'x'.repeat(8192) }];
    const job = await bench.run('ok', { arrayProperties: { size: 2 }, containerOverrides: { environment } });
    expect(job.text('statusReason')).toBe('Array Child Job failed');
    expect((await bench.describe(`${job.text('jobId')}:1`)).text('statusReason')).toContain('at most 8192');
  });
});

describe('a submission', () => {
  test.each([
    [{ jobName: undefined }, "'jobName' must be a string, got nothing"],
    [
      { jobQueue: 'arn:aws:batch:us-east-1:000000000000:job-definition/ok:1' },
      "'arn:aws:batch:us-east-1:000000000000:job-definition/ok:1' is not the ARN of a job queue",
    ],
    [{ shareIdentifier: 'team' }, "'shareIdentifier' must not be given: the job queue has no scheduling policy"],
    [{ schedulingPriorityOverride: 1 }, "'schedulingPriorityOverride' must not be given"],
    [{ containerOverrides: { environment: [{ name: 'AWS_BATCH_X', value: '' }] } }, 'must not start with AWS_BATCH'],
    [
      { containerOverrides: { resourceRequirements: [{ type: 'VCPU', value: '0' }] } },
      "VCPU must be more than 0, got '0'",
    ],
    [
      { containerOverrides: { resourceRequirements: [{ type: 'VCPU', value: '0.5' }] } },
      'on EC2 VCPU must be a whole number',
    ],
    [
      { tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v'])) },
      'at most 50 tags, got 51',
    ],
    [{ parameters: { long: 'x'.repeat(31 * 1024) } }, 'Job size must be less than 30 KiB, got 32 KiB'],
  ])('fails with %j', async (input, message) => {
    const refusal = bench.submit('ok', input);
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.toMatchObject({ code: 'ClientException', statusCode: 400 });
  });

  test.each(['nodeOverrides', 'eksPropertiesOverride', 'ecsPropertiesOverride'])(
    'fails with %s, which its definition does not take',
    async (name) => {
      const message = `'${name}' must not be given: the job definition has containerProperties`;
      await expect(bench.submit('ok', { [name]: {} })).rejects.toThrow(message);
    },
  );

  test('refuses by its name what the endpoint does not know', async () => {
    const refusal = bench.submit('ok', { other: {} });
    await expect(refusal).rejects.toThrow("'other' of SubmitJob");
    await expect(refusal).rejects.toMatchObject({ code: 'NotImplemented', statusCode: 501 });
  });

  test.each([[{ type: 'container', eksProperties: { podProperties: { containers: [] } } }, 'jobs on Amazon EKS']])(
    'of %j is refused by its kind, and the definition is kept',
    async (definition, kind) => {
      await bench.call('RegisterJobDefinition', { jobDefinitionName: 'kept', ...definition });
      const described = await bench.call('DescribeJobDefinitions', { jobDefinitionName: 'kept' });
      expect(described).toMatchObject({ jobDefinitions: [definition] });
      const refusal = bench.submit('kept');
      await expect(refusal).rejects.toThrow(`the local endpoint does not support running ${kind}`);
      await expect(refusal).rejects.toMatchObject({ code: 'NotImplemented', statusCode: 501 });
    },
  );

  test('fails when its definition is for another platform', async () => {
    await bench.fargate();
    await expect(bench.submit('ok', { jobQueue: 'fargate' })).rejects.toThrow(
      "job definition 'ok:1' is for EC2, job queue 'fargate' has FARGATE compute environments",
    );
  });
});
