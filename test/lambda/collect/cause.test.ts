import { describe, expect, test } from 'vitest';
import { readableCause } from '../../../lambda/collect/cause';

const NOT_REPEATED = 'the cause is not repeated here, as it holds data; the history of the execution tells more';

/** A job as Step Functions describes it, members in the order of the alphabet. */
const JOB = {
  Attempts: [
    {
      Container: { ExitCode: 137, LogStreamName: 'merge/default/1', Reason: 'OutOfMemoryError' },
      StatusReason: 'Essential container in task exited',
    },
  ],
  Container: { Environment: [{ Name: 'PASSWORD', Value: 'hush "{[,' }], ExitCode: 137 },
  JobId: 'id-1',
  JobName: 'merge',
  Parameters: { StatusReason: 'hush' },
  Status: 'FAILED',
  StatusReason: 'Essential container in task exited',
  Tags: {},
};

describe('the cause of a failure', () => {
  test.each([
    ['nothing', undefined, undefined],
    ['an empty text', '', undefined],
    ['a plain text', 'the state timed out', 'the state timed out'],
    ['a number', '7', '7'],
    ['data', '{"a":"hush"}', NOT_REPEATED],
    ['a list', '["hush"]', NOT_REPEATED],
    ['data that is cut off', '{"a":"hush', NOT_REPEATED],
    [
      'a text with data',
      `no 'x' in the input '{"a":"hush"}'`,
      "no 'x' in the input ' ... (the history of the execution tells more)",
    ],
    ['several lines', 'a\r\nb\u2028c\u202ed', 'a\\u{d}\\u{a}b\\u{2028}c\\u{202e}d'],
    [
      'an error of a function',
      '{"errorType":"InvalidManifest","errorMessage":"line 2 is null","trace":[]}',
      'line 2 is null',
    ],
  ])('of %s', (_, cause, readable) => {
    expect(readableCause(cause)).toBe(readable);
  });

  test('of a job tells its reason, exit code and log, and none of its environment', () => {
    const cause = JSON.stringify({
      JobId: 'id-1',
      JobName: 'merge',
      Status: 'FAILED',
      StatusReason: 'Essential container in task exited',
      Container: {
        ExitCode: 0,
        Reason: 'OutOfMemoryError',
        LogStreamName: 'merge/default/1',
        Environment: [{ Name: 'PASSWORD', Value: 'hush' }],
      },
    });
    expect(readableCause(cause)).toBe(
      'job merge (id-1) FAILED: Essential container in task exited; container: OutOfMemoryError; exit code 0; ' +
        'log stream merge/default/1',
    );
  });

  test('of an array job tells how many children failed, and how to find them', () => {
    const cause = JSON.stringify({
      JobId: 'id-1',
      JobName: 'delays',
      Status: 'FAILED',
      StatusReason: 'Array Child Job failed',
      ArrayProperties: { Size: 200, StatusSummary: { FAILED: 3, SUCCEEDED: 197 } },
    });
    expect(readableCause(cause)).toBe(
      'job delays (id-1) FAILED: Array Child Job failed; 3 of 200 children failed; list them with: ' +
        'aws batch list-jobs --array-job-id id-1 --job-status FAILED',
    );
  });

  test('of a job that says nothing is still named', () => {
    expect(readableCause('{"JobId":"id-1"}')).toBe('job (unnamed) (id-1) FAILED: no reason given');
  });

  test('of a job tells what is left of a description that was cut off', () => {
    const Environment = Array.from({ length: 2_000 }, (_, index) => ({ Name: `N${index}`, Value: 'hush' }));
    const cause = JSON.stringify({ ...JOB, Container: { Environment } }).slice(0, 32_768);
    expect(readableCause(cause)).toBe(
      'job (unnamed) (the history of the execution tells more) FAILED: Essential container in task exited; ' +
        'container: OutOfMemoryError; exit code 137; log stream merge/default/1',
    );
  });

  test('never tells values of a description, wherever that was cut off', () => {
    const text = JSON.stringify(JOB);
    for (let length = 1; length <= text.length; length += 1) {
      expect(readableCause(text.slice(0, length))).not.toContain('hush');
    }
  });

  test.each(['id-1; rm -rf /', '$(reboot)', 'a\nb', '-h'])('never puts the id %j into a command', (JobId) => {
    const readable = readableCause(
      JSON.stringify({ ...JOB, JobId, ArrayProperties: { StatusSummary: { FAILED: 1 } } }),
    );
    expect(readable).toContain('1 of its children failed');
    expect(readable).not.toContain('aws batch');
    expect(readable).not.toContain(JobId);
  });

  test('is cut where it would only fill the record', () => {
    expect(readableCause('x'.repeat(50_000))).toHaveLength(2_000);
  });
});
