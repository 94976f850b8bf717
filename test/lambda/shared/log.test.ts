import { describe, expect, test } from 'vitest';
import { logged, type Note } from '../../../lambda/shared/log';
import { refusal } from '../../../lambda/shared/refusal';
import { CALL } from '../support';

const logOf = async (run: (request: unknown, note: Note) => Promise<unknown>) => {
  const lines: string[] = [];
  const handler = logged(run, (line) => lines.push(line));
  const outcome = await handler({ secret: 'hush' }, CALL).catch(String);
  return { outcome, lines: lines.map((line): unknown => JSON.parse(line)) };
};

describe('the log of a handler', () => {
  test('is one line for a request, with what was noted', async () => {
    const { outcome, lines } = await logOf((_, note) => {
      note({ submissionId: 'id' });
      note({ count: 3, jobId: undefined });
      return Promise.resolve('done');
    });
    expect(outcome).toBe('done');
    expect(lines).toMatchObject([{ level: 'INFO', requestId: 'request-1', submissionId: 'id', count: 3 }]);
    expect(lines).toHaveProperty([0, 'durationMs']);
  });

  test('tells the error of a request that failed, and what was known by then', async () => {
    const { outcome, lines } = await logOf((_, note) => {
      note({ submissionId: 'id' });
      return Promise.reject(refusal('TooManyItems', 'too many'));
    });
    expect(outcome).toBe('TooManyItems: too many');
    expect(lines).toMatchObject([
      { level: 'ERROR', requestId: 'request-1', submissionId: 'id', error: 'TooManyItems', message: 'too many' },
    ]);
  });

  test('has nothing of the request itself', async () => {
    const { lines } = await logOf(() => Promise.resolve());
    expect(JSON.stringify(lines)).not.toContain('hush');
  });

  test('keeps requests apart', async () => {
    const lines: string[] = [];
    const handler = logged(
      (request, note) => {
        if (request === 1) note({ submissionId: 'id' });
        return Promise.resolve();
      },
      (line) => lines.push(line),
    );
    await handler(1, CALL);
    await handler(2, CALL);
    expect(lines.map((line) => line.includes('submissionId'))).toEqual([true, false]);
  });
});
