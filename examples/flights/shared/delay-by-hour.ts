/** One flight of the data set: delay in minutes, distance in miles, departure as a decimal hour of the day. */
export interface Flight {
  readonly delay: number;
  readonly distance: number;
  readonly time: number;
}

export const isFlights = (value: unknown): value is readonly Flight[] =>
  Array.isArray(value) &&
  value.every((row) => typeof row === 'object' && row !== null && 'delay' in row && 'distance' in row && 'time' in row);

/** Flights that departed in one hour of the day, and the sum of their delays in minutes. */
export interface HourTotal {
  readonly flights: number;
  readonly delay: number;
}

/** Totals by hour of the day; hours without flights are absent. Adding is exact: delays are whole minutes. */
export type DelayByHour = Readonly<Record<string, HourTotal>>;

/** Totals of some flights. */
export function totalByHour(flights: Iterable<Flight>): DelayByHour {
  const totals: Record<string, HourTotal> = {};
  for (const { time, delay } of flights) add(totals, String(Math.floor(time) % 24), { flights: 1, delay });
  return totals;
}

/** Totals of several parts together. */
export function mergeTotals(parts: Iterable<DelayByHour>): DelayByHour {
  const totals: Record<string, HourTotal> = {};
  for (const part of parts) for (const [hour, total] of Object.entries(part)) add(totals, hour, total);
  return totals;
}

function add(totals: Record<string, HourTotal>, hour: string, { flights, delay }: HourTotal): void {
  const before = totals[hour] ?? { flights: 0, delay: 0 };
  totals[hour] = { flights: before.flights + flights, delay: before.delay + delay };
}
