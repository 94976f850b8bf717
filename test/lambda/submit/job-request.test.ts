import { describe, expect, test } from 'vitest';
import { jobNameOf, jobRequestOf } from '../../../lambda/submit/job-request';
import { refusalOf } from '../support';

const ID = 'a'.repeat(32);

const SUBMISSION = { job: 'j', jobDefinition: 'd', queue: 'q', parameters: {}, tags: {}, environment: {} };

describe('a job name', () => {
  test.each([
    ['delays', `delays-${ID}`],
    ['team/delays v2', `team-delays-v2-${ID}`],
    ['__init', `init-${ID}`],
    ['ü', ID],
    ['x'.repeat(200), `${'x'.repeat(95)}-${ID}`],
  ])('of %s is %s', (job, name) => {
    expect(jobNameOf(job, ID)).toBe(name);
    expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/);
  });
});

describe('a job request', () => {
  // {"environment":[{"name":"A","value":""}]} around the value.
  const frame = 41;

  test('takes container overrides of 8,192 characters, and refuses one more', async () => {
    const environment = (length: number) => ({ ...SUBMISSION, environment: { A: 'x'.repeat(length - frame) } });
    expect(() => jobRequestOf(environment(8_192), ID, 1, {})).not.toThrow();
    expect(await refusalOf(() => jobRequestOf(environment(8_193), ID, 1, {}))).toBe(
      'RequestTooLarge: parameters and environment have 8193 characters, AWS Batch takes 8192: write the data to S3 ' +
        'and pass its location, or pass it as items',
    );
  });

  test('counts parameters, which end up in the overrides as well', async () => {
    const submission = { ...SUBMISSION, parameters: { urls: 'x'.repeat(8_192) } };
    expect(await refusalOf(() => jobRequestOf(submission, ID, 1, {}))).toMatch(
      /^RequestTooLarge: .* AWS Batch takes 8192/,
    );
  });

  test('refuses more than 30 KiB, whatever it is made of', async () => {
    const submission = { ...SUBMISSION, parameters: { urls: 'ü'.repeat(16_000) } };
    expect(await refusalOf(() => jobRequestOf(submission, ID, 1, {}))).toMatch(
      /^RequestTooLarge: parameters and environment have \d+ bytes, AWS Batch takes 30720/,
    );
  });

  test('keeps the variables of the platform', () => {
    const submission = { ...SUBMISSION, environment: { A: '1' } };
    expect(jobRequestOf(submission, ID, 1, { B: '2' }).containerOverrides?.environment).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ]);
  });
});
