import { describe, expect, test } from 'vitest';
import { readableCause } from '../../../lambda/collect/cause';

describe('the cause of a failure', () => {
  test.each([
    ['nothing', undefined, undefined],
    ['an empty text', '', undefined],
    ['a plain text', 'the state timed out', 'the state timed out'],
    ['a number', '7', '7'],
    ['JSON of something else', '{"a":1}', '{"a":1}'],
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

  test('is cut where it would only fill the record', () => {
    expect(readableCause('x'.repeat(50_000))).toHaveLength(2_000);
  });
});
