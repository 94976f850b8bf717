import type { DelayByHour } from '../shared/delay-by-hour';

const WIDTH = 760;
const HEIGHT = 340;
const MARGIN = { top: 48, right: 20, bottom: 48, left: 56 };
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** About as many lines as a reader can tell apart. */
const TICKS = 6;

/** Mean delay in minutes of the flights that departed in an hour. */
export const meanDelay = ({ flights, delay }: { flights: number; delay: number }): number => delay / flights;

/** A bar chart of the mean delay by hour of departure. */
export function chart(totals: DelayByHour): string {
  const byHour = new Map(Object.entries(totals));
  const means = HOURS.map((hour) => {
    const total = byHour.get(String(hour));
    return total === undefined ? undefined : meanDelay(total);
  });
  const present = means.filter((mean) => mean !== undefined);
  const step = roundStep(Math.max(1, ...present));
  const low = step * Math.floor(Math.min(0, ...present) / step);
  const high = step * Math.ceil(Math.max(1, ...present) / step);
  const plotHeight = HEIGHT - MARGIN.top - MARGIN.bottom;
  const y = (value: number): number => MARGIN.top + (plotHeight * (high - value)) / (high - low);
  const slot = (WIDTH - MARGIN.left - MARGIN.right) / HOURS.length;
  const x = (hour: number): number => MARGIN.left + hour * slot;

  const bars = means.map((mean, hour) => {
    if (mean === undefined) return '';
    const top = y(Math.max(0, mean));
    return `<rect x="${fixed(x(hour) + 2)}" y="${fixed(top)}" width="${fixed(slot - 4)}" height="${fixed(Math.abs(y(0) - y(mean)))}" fill="#2f6f9f"><title>${hour}:00 ${mean.toFixed(1)} min</title></rect>`;
  });
  const hours = HOURS.map(
    (hour) =>
      `<text x="${fixed(x(hour) + slot / 2)}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${hour}</text>`,
  );
  const ticks = Array.from({ length: (high - low) / step + 1 }, (_, tick) => low + tick * step).map(
    (value) =>
      `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${fixed(y(value))}" y2="${fixed(y(value))}" stroke="#ddd"/>` +
      `<text x="${MARGIN.left - 8}" y="${fixed(y(value) + 4)}" text-anchor="end">${value.toFixed(0)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="26" font-size="16">Mean delay of US flights by hour of departure (minutes)</text>`,
    ...ticks,
    ...bars,
    ...hours,
    `<text x="${WIDTH / 2}" y="${HEIGHT - 10}" text-anchor="middle">hour of departure</text>`,
    '</svg>',
    '',
  ].join('\n');
}

/** The step between two lines: 1, 2 or 5 times a power of ten. */
function roundStep(longest: number): number {
  const power = 10 ** Math.floor(Math.log10(longest / TICKS));
  return power * ([1, 2, 5].find((factor) => longest <= TICKS * factor * power) ?? 10);
}

const fixed = (value: number): string => value.toFixed(1);
