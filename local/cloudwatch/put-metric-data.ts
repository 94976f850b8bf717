import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import type { World } from '../core/world';
import { dimensionsOf, invalid, timeOf } from './parameters';
import { combine, type MetricStore, type Statistics } from './store';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const MAX_DATA = 1_000;
const MAX_VALUES = 150;
const MAX_DIMENSIONS = 30;
const MAX_AGE_MS = 14 * 86_400_000;
const MAX_FUTURE_MS = 2 * 3_600_000;

const numbersOf = (datum: Reader, name: string): readonly number[] =>
  datum.list(name).map((value, index) => {
    if (typeof value === 'number') return value;
    throw invalid(`The value ${String(value)} for parameter ${name}.member.${index + 1} is invalid.`);
  });

const valuesOf = (values: readonly number[], counts: readonly number[]): Statistics =>
  combine(
    values.map((value, index) => {
      const count = counts.at(index) ?? 1;
      return { sum: value * count, minimum: value, maximum: value, count, values: [[value, count]] };
    }),
  );

const statisticsOf = (datum: Reader): Statistics => {
  const set = datum.optionalRecord('StatisticValues');
  if (set !== undefined) {
    return {
      ...{ sum: set.number('Sum'), minimum: set.number('Minimum'), maximum: set.number('Maximum') },
      ...{ count: set.number('SampleCount'), values: [] },
    };
  }
  const values = numbersOf(datum, 'Values');
  if (values.length === 0) return valuesOf([datum.number('Value')], []);
  const counts = numbersOf(datum, 'Counts');
  if (values.length > MAX_VALUES || (counts.length > 0 && counts.length !== values.length)) {
    throw invalid(`Values must have at most ${MAX_VALUES} members, and Counts as many as Values.`);
  }
  return valuesOf(values, counts);
};

/** PutMetricData. */
export const putMetricData =
  ({ clock }: World, store: MetricStore): Operation =>
  (input) => {
    const reader = new Reader(input);
    const namespace = reader.text('Namespace');
    if (namespace === '' || namespace.startsWith('AWS/')) {
      throw invalid(`The value ${namespace} for parameter Namespace is invalid.`);
    }
    const data = reader.records('MetricData');
    if (data.length > MAX_DATA) throw invalid(`MetricData must have at most ${MAX_DATA} members.`);
    const now = clock.now();
    const points = data.map((datum) => {
      const dimensions = dimensionsOf(datum);
      if (Object.keys(dimensions).length > MAX_DIMENSIONS) {
        throw invalid(`A metric has at most ${MAX_DIMENSIONS} dimensions.`);
      }
      const time = datum.has('Timestamp') ? timeOf(datum, 'Timestamp') : now;
      if (time < now - MAX_AGE_MS || time > now + MAX_FUTURE_MS) {
        throw invalid('Timestamp must be in the last two weeks, or the next two hours.');
      }
      const metric = { namespace, name: datum.text('MetricName'), dimensions };
      return { metric, unit: datum.optionalText('Unit') ?? 'None', time, statistics: statisticsOf(datum) };
    });
    for (const { metric, unit, time, statistics } of points) store.add(metric, unit, time, statistics);
    return {};
  };
