import { describe, expect, test } from 'vitest';
import { chart } from '../../examples/flights/demo/chart';
import { Progress } from '../../examples/flights/demo/progress';
import { steps, table } from '../../examples/flights/demo/report';

const TOTALS = { '6': { flights: 2, delay: 10 }, '18': { flights: 4, delay: 80 } };

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { written, stream: { isTTY, write: (text: string) => written.push(text) > 0 } };
}

describe('progress', () => {
  test('redraws one line on a terminal', () => {
    const { stream, written } = terminal(true);
    const progress = new Progress('children', stream);
    progress.update(50, 200, 'done');
    progress.update(200, 200, 'done');
    progress.end();
    expect(written.at(0)).toMatch(/^\r.*█{8}░{22} children 50\/200 done$/);
    expect(written.at(1)).toMatch(/█{30} children 200\/200 done$/);
    expect(written.at(-1)).toBe('\n');
  });

  test('prints a plain line for each quarter where there is no terminal', () => {
    const { stream, written } = terminal(false);
    const progress = new Progress('children', stream);
    for (let done = 0; done <= 200; done += 10) progress.update(done, 200);
    progress.end();
    expect(written).toEqual([0, 50, 100, 150, 200].map((done) => `  children ${done}/200\n`));
  });
});

describe('the report', () => {
  test('lists hours in order with their mean delay', () => {
    const rows = table(TOTALS).split('\n');
    expect(rows.at(1)).toMatch(/^ +6 +2 +5\.0 min/);
    expect(rows.at(2)).toMatch(/^ +18 +4 +20\.0 min/);
  });

  test('gives each state the time between entering and leaving it', () => {
    const at = (seconds: number) => new Date(seconds * 1000);
    const history = [
      { id: 1, type: 'TaskStateEntered' as const, timestamp: at(1), stateEnteredEventDetails: { name: 'Plan' } },
      { id: 2, type: 'TaskStateExited' as const, timestamp: at(3.5), stateExitedEventDetails: { name: 'Plan' } },
    ];
    expect(steps(history)).toMatch(/^ {2}Plan +2\.50 s$/);
  });
});

describe('the picture', () => {
  test('has one bar for each hour with flights', () => {
    expect(chart(TOTALS).match(/<title>/g)).toHaveLength(2);
  });

  test('scales the longest bar to the height of the plot', () => {
    const heights = [...chart(TOTALS).matchAll(/height="([\d.]+)" fill="#2f6f9f"/g)].map((match) => Number(match[1]));
    expect(heights[1] / heights[0]).toBeCloseTo(4, 1);
  });
});
