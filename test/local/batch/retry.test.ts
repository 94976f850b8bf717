import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mayRetry, type ExitRule } from '../../../local/batch/retry';
import { BatchBench } from './support';

const FAILED = { statusReason: 'Essential container in task exited', exitCode: 1 };
const KILLED = { statusReason: 'Host EC2 (instance i-1) terminated.', exitCode: 137 };
const NO_IMAGE = { statusReason: 'Task failed to start', reason: 'CannotPullContainerError: no' };

describe('the rules of evaluateOnExit', () => {
  test.each<[readonly ExitRule[], { statusReason: string; reason?: string; exitCode?: number }, boolean]>([
    [[], FAILED, true],
    [[{ onExitCode: '1', action: 'EXIT' }], FAILED, false],
    [[{ onExitCode: '1', action: 'EXIT' }], KILLED, true],
    [[{ onExitCode: '13*', action: 'EXIT' }], KILLED, false],
    [[{ onStatusReason: 'Host EC2*', action: 'EXIT' }], KILLED, false],
    [[{ onStatusReason: 'Host EC2', action: 'EXIT' }], KILLED, true],
    [[{ onReason: 'CannotPull*', action: 'EXIT' }], NO_IMAGE, false],
    [[{ onReason: '*', action: 'EXIT' }], FAILED, false],
    [[{ onReason: 'CannotPull*', onExitCode: '1', action: 'EXIT' }], NO_IMAGE, true],
    [
      [
        { onStatusReason: 'Host EC2*', action: 'RETRY' },
        { onReason: '*', action: 'EXIT' },
      ],
      KILLED,
      true,
    ],
    [
      [
        { onStatusReason: 'Host EC2*', action: 'RETRY' },
        { onReason: '*', action: 'EXIT' },
      ],
      FAILED,
      false,
    ],
  ])('%j with %j: %s', (evaluateOnExit, exit, expected) => {
    expect(mayRetry({ attempts: 3, evaluateOnExit }, 1, exit)).toBe(expected);
  });

  test('never allow more than the attempts', () => {
    const strategy = { attempts: 2, evaluateOnExit: [{ onReason: '*', action: 'RETRY' }] } as const;
    expect(mayRetry(strategy, 1, FAILED)).toBe(true);
    expect(mayRetry(strategy, 2, FAILED)).toBe(false);
  });
});

describe('a job with attempts', () => {
  let bench: BatchBench;
  beforeEach(async () => {
    bench = await BatchBench.create({ vcpus: 1, memoryMiB: 8192 });
  });
  afterEach(() => bench.world.close());

  test('uses the strategy of the submission instead of that of the definition', async () => {
    await bench.define('fail', 'process.exit(1)', {}, { retryStrategy: { attempts: 3 } });
    const rules = [{ onExitCode: '1', action: 'exit' }];
    const job = await bench.run('fail', { retryStrategy: { attempts: 3, evaluateOnExit: rules } });
    expect(job.records('attempts')).toHaveLength(1);
  });

  test('is tried again before those that wait', async () => {
    await bench.define(
      'flaky',
      'process.exit(process.env.AWS_BATCH_JOB_ATTEMPT === "1" ? 1 : 0)',
      {},
      { retryStrategy: { attempts: 2 } },
    );
    await bench.define('ok', '');
    const first = await bench.submit('flaky');
    const second = await bench.submit('ok');
    await bench.ended(second);
    const starts = bench.events.map(({ detail }) => detail).filter((detail) => detail.text('status') === 'STARTING');
    expect(starts.map((detail) => detail.text('jobId'))).toEqual([first, first, second]);
  });

  test('is tried again when its container cannot start', async () => {
    await bench.define('missing', '', { command: ['no-such-program'] }, { retryStrategy: { attempts: 2 } });
    expect((await bench.run('missing')).records('attempts')).toHaveLength(2);
  });
});

describe('retryStrategy', () => {
  let bench: BatchBench;
  beforeEach(async () => {
    bench = await BatchBench.create();
    await bench.define('ok', '');
  });
  afterEach(() => bench.world.close());

  const rule = { onReason: '*', action: 'EXIT' };
  test.each([
    [{ attempts: 0 }, "'retryStrategy.attempts' must be a whole number between 1 and 10, got 0"],
    [{ attempts: 11 }, "'retryStrategy.attempts' must be a whole number between 1 and 10, got 11"],
    [{ evaluateOnExit: [rule] }, "'retryStrategy.attempts' must be given when 'evaluateOnExit' is"],
    [{ attempts: 2, evaluateOnExit: Array(6).fill(rule) }, "'evaluateOnExit' must have at most 5 rules, got 6"],
    [
      { attempts: 2, evaluateOnExit: [{ ...rule, action: 'STOP' }] },
      "'evaluateOnExit.action' must be one of RETRY | EXIT",
    ],
    [
      { attempts: 2, evaluateOnExit: [{ ...rule, onReason: '*x' }] },
      "'evaluateOnExit.onReason' must be up to 512 letters",
    ],
    [{ attempts: 2, evaluateOnExit: [{ ...rule, onStatusReason: '(' }] }, "'evaluateOnExit.onStatusReason' must be"],
    [
      { attempts: 2, evaluateOnExit: [{ ...rule, onExitCode: 'a' }] },
      "'evaluateOnExit.onExitCode' must be up to 512 digits",
    ],
    [{ attempts: 2, evaluateOnExit: [{ ...rule, onReason: 'x'.repeat(513) }] }, "'evaluateOnExit.onReason' must be"],
  ])('refuses %j', async (retryStrategy, message) => {
    await expect(bench.submit('ok', { retryStrategy })).rejects.toThrow(message);
  });
});
