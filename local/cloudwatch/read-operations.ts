import { notSupported } from '../core/errors';
import { Reader } from '../core/reader';
import type { Operation, Output } from '../core/service';
import { dimensionsOf, invalid, periodOf, timeOf } from './parameters';
import { inPeriods, statisticNamed } from './statistics';
import type { Metric, MetricStore } from './store';

const PAGE = 500;
const MAX_DATAPOINTS = 1_440;

const metricOf = (reader: Reader): Metric => ({
  namespace: reader.text('Namespace'),
  name: reader.text('MetricName'),
  dimensions: dimensionsOf(reader),
});

const resultOf = (store: MetricStore, query: Reader, from: number, to: number, newestFirst: boolean): Output => {
  if (query.has('Expression')) throw notSupported('expressions of metrics', 'it has MetricStat');
  const wanted = query.record('MetricStat');
  const metric = metricOf(wanted.record('Metric'));
  const statistic = statisticNamed(wanted.text('Stat'));
  const points = store.between(metric, from, to, wanted.optionalText('Unit'));
  const periods = [...inPeriods(points, periodOf(wanted))];
  if (newestFirst) periods.reverse();
  return {
    ...{ Id: query.text('Id'), Label: query.optionalText('Label') ?? metric.name, StatusCode: 'Complete' },
    Timestamps: periods.map(([start]) => new Date(start)),
    Values: periods.map(([, statistics]) => statistic(statistics)),
  };
};

const isWanted = (metric: Metric, reader: Reader): boolean =>
  (reader.optionalText('Namespace') ?? metric.namespace) === metric.namespace &&
  (reader.optionalText('MetricName') ?? metric.name) === metric.name &&
  reader.records('Dimensions').every((filter) => {
    const [name, value] = [filter.text('Name'), filter.optionalText('Value')];
    return name in metric.dimensions && (value === undefined || value === metric.dimensions[name]);
  });

const listed = ({ namespace, name, dimensions }: Metric): Output => ({
  ...{ Namespace: namespace, MetricName: name },
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});

const statisticsOf = (store: MetricStore, reader: Reader): Output => {
  const metric = metricOf(reader);
  const [from, to, period] = [timeOf(reader, 'StartTime'), timeOf(reader, 'EndTime'), periodOf(reader)];
  if ((to - from) / period > MAX_DATAPOINTS) {
    throw invalid(`You have requested up to ${Math.ceil((to - from) / period)} datapoints: at most ${MAX_DATAPOINTS}.`);
  }
  const plain = reader.texts('Statistics');
  const extended = reader.texts('ExtendedStatistics');
  if (plain.length + extended.length === 0) throw invalid('At least one statistic is required.');
  const points = store.between(metric, from, to, reader.optionalText('Unit'));
  const units = [...new Set(points.map(({ unit }) => unit))];
  const datapoints = units.flatMap((Unit) => {
    const own = points.filter(({ unit }) => unit === Unit);
    return inPeriods(own, period).map(([start, statistics]) => {
      const values = (names: readonly string[]) =>
        Object.fromEntries(names.map((name) => [name, statisticNamed(name)(statistics)]));
      return {
        ...{ Timestamp: new Date(start), Unit, ...values(plain) },
        ...(extended.length > 0 && { ExtendedStatistics: values(extended) }),
      };
    });
  });
  return { Label: metric.name, Datapoints: datapoints };
};

/** GetMetricData, GetMetricStatistics and ListMetrics. */
export const readOperations = (store: MetricStore): Readonly<Record<string, Operation>> => ({
  GetMetricData: (input) => {
    const reader = new Reader(input);
    const [from, to] = [timeOf(reader, 'StartTime'), timeOf(reader, 'EndTime')];
    if (from >= to) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
    const newestFirst = reader.optionalText('ScanBy') !== 'TimestampAscending';
    const queries = reader
      .records('MetricDataQueries')
      .filter((query) => !query.has('ReturnData') || query.flag('ReturnData'));
    return { MetricDataResults: queries.map((query) => resultOf(store, query, from, to, newestFirst)), Messages: [] };
  },
  GetMetricStatistics: (input) => statisticsOf(store, new Reader(input)),
  ListMetrics: (input) => {
    const reader = new Reader(input);
    const found = store.metrics().filter((metric) => isWanted(metric, reader));
    const start = reader.optionalNumber('NextToken') ?? 0;
    const end = start + PAGE;
    return {
      Metrics: found.slice(start, end).map(listed),
      NextToken: end < found.length ? String(end) : undefined,
    };
  },
});
