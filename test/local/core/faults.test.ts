import { describe, expect, test } from 'vitest';
import { type Fault, Faults } from '../../../local/core/faults';

const faultsOf = (seed: number, ...faults: readonly Fault[]): Faults => {
  const made = new Faults(seed);
  made.set(faults);
  return made;
};

const pattern = (seed: number): string => {
  const faults = faultsOf(seed, { kind: 'throttle', at: 'batch:*', probability: 0.3 });
  return Array.from({ length: 200 }, () =>
    faults.strike('throttle', 'batch:SubmitJob') === undefined ? '.' : 'x',
  ).join('');
};

describe('faults', () => {
  test('strike nothing by default', () => {
    expect(new Faults().strike('throttle', 'batch:SubmitJob')).toBeUndefined();
  });

  test.each([
    ['batch:SubmitJob', 'batch:SubmitJob', true],
    ['batch:*', 'batch:SubmitJob', true],
    ['*', 'batch:SubmitJob', true],
    ['batch:Submit', 'batch:SubmitJob', false],
    ['s3:*', 'batch:SubmitJob', false],
  ])('at %s strike %s: %s', (at, place, expected) => {
    expect(faultsOf(0, { kind: 'error', at }).strike('error', place) !== undefined).toBe(expected);
  });

  test('strike their own kind only', () => {
    expect(faultsOf(0, { kind: 'error', at: '*' }).strike('throttle', 'batch:SubmitJob')).toBeUndefined();
  });

  test('end after their number of times', () => {
    const faults = faultsOf(0, { kind: 'error', at: '*', times: 2 });
    expect([1, 2, 3].map(() => faults.strike('error', 'x') !== undefined)).toEqual([true, true, false]);
  });

  test('strike the same calls with the same seed, and others with another', () => {
    expect(pattern(7)).toBe(pattern(7));
    expect(pattern(8)).not.toBe(pattern(7));
  });

  test('strike about as often as their probability says', () => {
    const hits = pattern(1).replaceAll('.', '').length;
    expect(hits).toBeGreaterThan(30);
    expect(hits).toBeLessThan(90);
  });

  test('the fate of a call does not depend on calls elsewhere', () => {
    const run = (others: number) => {
      const faults = faultsOf(3, { kind: 'error', at: '*', probability: 0.5 });
      return Array.from({ length: 20 }, () => {
        for (let n = 0; n < others; n += 1) faults.strike('error', 'elsewhere');
        return faults.strike('error', 'here') !== undefined;
      });
    };
    expect(run(5)).toEqual(run(0));
  });
});
