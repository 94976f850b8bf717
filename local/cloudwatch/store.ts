import type { Collection } from '../core/collection';
import type { World } from '../core/world';

export type Dimensions = Readonly<Record<string, string>>;

/** A metric: what is measured, of what. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
}

/** What is known of some values; the values themselves are there for percentiles. */
export interface Statistics {
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly count: number;
  /** How often each value came; a set of statistics has none. */
  readonly values: readonly (readonly [value: number, count: number])[];
}

/** A metric in one minute and unit. */
export interface Point extends Metric, Statistics {
  readonly unit: string;
  /** Milliseconds since 1970. */
  readonly minute: number;
}

export const MINUTE_MS = 60_000;

/** All of several statistics. */
export const combine = (all: readonly Statistics[]): Statistics => ({
  sum: all.reduce((total, { sum }) => total + sum, 0),
  minimum: Math.min(...all.map(({ minimum }) => minimum)),
  maximum: Math.max(...all.map(({ maximum }) => maximum)),
  count: all.reduce((total, { count }) => total + count, 0),
  values: all.flatMap(({ values }) => values),
});

const sorted = (dimensions: Dimensions): Dimensions =>
  Object.fromEntries(Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1)));

/** A text that stands for a metric. */
export const keyOf = ({ namespace, name, dimensions }: Metric): string =>
  JSON.stringify([namespace, name, sorted(dimensions)]);

/** What was measured, by minutes. */
export class MetricStore {
  private readonly points: Collection<Point>;

  constructor(world: World) {
    this.points = world.collection('cloudwatch/points');
  }

  add(metric: Metric, unit: string, time: number, added: Statistics): void {
    const minute = Math.floor(time / MINUTE_MS) * MINUTE_MS;
    const key = `${keyOf(metric)} ${unit} ${minute}`;
    const former = this.points.get(key);
    this.points.set(key, {
      ...{ ...metric, unit, minute },
      ...combine(former === undefined ? [added] : [former, added]),
    });
  }

  /** The points of a metric from a time until before another. */
  between(metric: Metric, from: number, to: number, unit?: string): readonly Point[] {
    const key = keyOf(metric);
    return [...this.points.values()].filter(
      (point) =>
        point.minute >= from &&
        point.minute < to &&
        (unit === undefined || point.unit === unit) &&
        point.name === metric.name &&
        keyOf(point) === key,
    );
  }

  metrics(): readonly Metric[] {
    return [...new Map([...this.points.values()].map((point) => [keyOf(point), point])).values()];
  }
}
