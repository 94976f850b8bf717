import { invalid } from './parameters';
import { combine, type Point, type Statistics } from './store';

const percentile = ({ values, maximum }: Statistics, share: number): number => {
  const sorted = [...values].sort(([one], [other]) => one - other);
  const wanted = sorted.reduce((sum, [, count]) => sum + count, 0) * share;
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= wanted) return value;
  }
  return maximum;
};

const PLAIN: Readonly<Partial<Record<string, (statistics: Statistics) => number>>> = {
  Average: ({ sum, count }) => sum / count,
  Maximum: ({ maximum }) => maximum,
  Minimum: ({ minimum }) => minimum,
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
};

/** A statistic by its name: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
export const statisticNamed = (name: string): ((statistics: Statistics) => number) => {
  const plain = PLAIN[name];
  if (plain !== undefined) return plain;
  const share = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name)?.at(1);
  if (share === undefined) throw invalid(`The value ${name} for parameter Stat is invalid or not supported here.`);
  return (statistics) => percentile(statistics, Number(share) / 100);
};

/** Points by the periods they are in, in the order of time. */
export const inPeriods = (points: readonly Point[], period: number): readonly (readonly [number, Statistics])[] => {
  const periods = new Map<number, Point[]>();
  for (const point of points) {
    const start = Math.floor(point.minute / period) * period;
    periods.set(start, [...(periods.get(start) ?? []), point]);
  }
  return [...periods].sort(([one], [other]) => one - other).map(([start, those]) => [start, combine(those)] as const);
};
