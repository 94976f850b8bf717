import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { DelayByHour } from '../shared/delay-by-hour';
import { meanDelay } from './chart';

const BAR_WIDTH = 24;

/** The totals as a table, hour by hour. */
export function table(totals: DelayByHour): string {
  const rows = Object.entries(totals).sort(([one], [other]) => Number(one) - Number(other));
  const longest = Math.max(...rows.map(([, total]) => meanDelay(total)));
  return [
    '  hour   flights   mean delay',
    ...rows.map(([hour, total]) => {
      const mean = meanDelay(total);
      const bar = '▇'.repeat(Math.max(0, Math.round((BAR_WIDTH * mean) / longest)));
      return `  ${hour.padStart(4)} ${String(total.flights).padStart(9)} ${mean.toFixed(1).padStart(8)} min ${bar}`;
    }),
  ].join('\n');
}

/** The states of an execution in the order they were entered, with how long each took. */
export function steps(events: readonly HistoryEvent[]): string {
  const entered = events.filter((event) => event.stateEnteredEventDetails?.name !== undefined);
  const exits = events.filter((event) => event.stateExitedEventDetails?.name !== undefined);
  const lines = entered.map((event) => {
    const name = event.stateEnteredEventDetails?.name ?? '';
    const exit = exits.find((other) => other.stateExitedEventDetails?.name === name);
    return `  ${name.padEnd(28)} ${seconds(event.timestamp, exit?.timestamp ?? events.at(-1)?.timestamp)}`;
  });
  return lines.join('\n');
}

function seconds(from: Date | undefined, to: Date | undefined): string {
  if (from === undefined || to === undefined) return '';
  return `${((to.getTime() - from.getTime()) / 1000).toFixed(2).padStart(7)} s`;
}
