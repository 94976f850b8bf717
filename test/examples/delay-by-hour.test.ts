import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFlights, mergeTotals, totalByHour } from '../../examples/flights/shared/delay-by-hour';
import { itemRange } from '../../examples/flights/shared/job';

const flight = fc.record({
  delay: fc.integer({ min: -60, max: 1_500 }),
  distance: fc.nat(5_000),
  time: fc.double({ min: 0, max: 24, noNaN: true }),
});

describe('delay by hour', () => {
  test('counts a flight in the hour it departed, midnight as hour 0', () => {
    const flights = [
      { delay: 10, distance: 1, time: 7.99 },
      { delay: -4, distance: 1, time: 7 },
      { delay: 1, distance: 1, time: 24 },
    ];
    expect(totalByHour(flights)).toEqual({ '0': { flights: 1, delay: 1 }, '7': { flights: 2, delay: 6 } });
  });

  test('is the same however the flights are split into parts', () => {
    fc.assert(
      fc.property(fc.array(fc.array(flight)), (parts) => {
        expect(mergeTotals(parts.map(totalByHour))).toEqual(totalByHour(parts.flat()));
      }),
    );
  });

  test.each([
    [[{ delay: 1, distance: 2, time: 3 }], true],
    [[{ delay: 1 }], false],
    [{}, false],
    [null, false],
  ])('knows whether %j are flights', (value, expected) => {
    expect(isFlights(value)).toBe(expected);
  });
});

test.each([
  [0, 40, 'bytes=0-39'],
  [3, 40, 'bytes=120-159'],
])('the item of child %i with lines of %i bytes is %s', (index, itemBytes, range) => {
  expect(itemRange(index, itemBytes)).toBe(range);
});
