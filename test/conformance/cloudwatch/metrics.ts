import {
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDatum,
  paginateListMetrics,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect } from 'vitest';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const PUT = 'AmazonCloudWatch/latest/APIReference/API_PutMetricData.html';
const GET = 'AmazonCloudWatch/latest/APIReference/API_GetMetricData.html';
const EMF = 'AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html';

const MINUTE = 60_000;
const lastMinute = (): Date => new Date(Math.floor(Date.now() / MINUTE) * MINUTE - MINUTE);

const put = ({ clients: { cloudwatch } }: Target, Namespace: string, ...MetricData: MetricDatum[]) =>
  cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData }));

/** The only value of a statistic around the last minutes. */
const valueOf = (target: Target, Namespace: string, MetricName: string, Stat: string, dimensions = {}) =>
  target.eventually(async () => {
    const Dimensions = Object.entries(dimensions).map(([Name, value]) => ({ Name, Value: String(value) }));
    const { MetricDataResults: results = [] } = await target.clients.cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - 60 * MINUTE),
        EndTime: new Date(Date.now() + 60 * MINUTE),
        MetricDataQueries: [
          { Id: 'm', MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 86_400, Stat } },
        ],
      }),
    );
    expect(results.at(0)?.Values?.length).toBeGreaterThan(0);
    return results.at(0)?.Values?.at(0);
  });

export const metrics = table('CloudWatch', 'Metrics', [
  {
    behaviour: 'each statistic is of all values that were put, however they came',
    source: 'AmazonCloudWatch/latest/monitoring/Statistics-definitions.html',
    test: async (target) => {
      const namespace = target.name('app');
      const Timestamp = lastMinute();
      await put(
        target,
        namespace,
        { MetricName: 'Latency', Timestamp, Value: 10 },
        { MetricName: 'Latency', Timestamp, Values: [20, 30], Counts: [2, 1] },
        { MetricName: 'Latency', Timestamp, StatisticValues: { SampleCount: 2, Sum: 200, Minimum: 50, Maximum: 150 } },
      );
      const expected = { Sum: 280, SampleCount: 6, Average: 280 / 6, Minimum: 10, Maximum: 150 };
      for (const [stat, value] of Object.entries(expected)) {
        expect(await valueOf(target, namespace, 'Latency', stat), stat).toBeCloseTo(value);
      }
    },
  },
  {
    behaviour: 'a percentile is the value below which that part of all values lies',
    source: 'AmazonCloudWatch/latest/monitoring/Statistics-definitions.html',
    local: async (target) => {
      const namespace = target.name('app');
      const Values = Array.from({ length: 100 }, (_, index) => index + 1);
      await put(target, namespace, { MetricName: 'Size', Timestamp: lastMinute(), Values });
      expect(await valueOf(target, namespace, 'Size', 'p50')).toBe(50);
      expect(await valueOf(target, namespace, 'Size', 'p99')).toBe(99);
    },
  },
  {
    behaviour: 'each combination of dimensions is a metric of its own',
    source: 'AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html',
    test: async (target) => {
      const namespace = target.name('app');
      const Timestamp = lastMinute();
      const datum = (stage: string, Value: number): MetricDatum => ({
        ...{ MetricName: 'Jobs', Timestamp, Value, Dimensions: [{ Name: 'Stage', Value: stage }] },
      });
      await put(target, namespace, datum('one', 1), datum('two', 2), datum('two', 3));
      expect(await valueOf(target, namespace, 'Jobs', 'Sum', { Stage: 'two' })).toBe(5);
      expect(await valueOf(target, namespace, 'Jobs', 'Sum', { Stage: 'one' })).toBe(1);
      await target.eventually(async () => {
        const command = new ListMetricsCommand({ Namespace: namespace, Dimensions: [{ Name: 'Stage', Value: 'two' }] });
        expect((await target.clients.cloudwatch.send(command)).Metrics).toHaveLength(1);
        const found: unknown[] = [];
        const pages = paginateListMetrics({ client: target.clients.cloudwatch }, { Namespace: namespace });
        for await (const { Metrics = [] } of pages) found.push(...Metrics);
        expect(found).toHaveLength(2);
      });
    },
  },
  {
    behaviour: 'GetMetricStatistics answers a datapoint for each period and unit',
    source: 'AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html',
    test: async (target) => {
      const Namespace = target.name('app');
      const end = lastMinute();
      const before = new Date(end.getTime() - 5 * MINUTE);
      const datum = { MetricName: 'Bytes', Unit: 'Bytes' } as const;
      await put(target, Namespace, { ...datum, Timestamp: end, Value: 4 }, { ...datum, Timestamp: before, Value: 2 });
      await target.eventually(async () => {
        const { Datapoints = [] } = await target.clients.cloudwatch.send(
          new GetMetricStatisticsCommand({
            ...{ Namespace, MetricName: 'Bytes', Period: 60, Statistics: ['Sum', 'Maximum'] },
            ...{ StartTime: before, EndTime: new Date(end.getTime() + MINUTE) },
          }),
        );
        expect(Datapoints.map(({ Sum, Unit, Timestamp }) => [Sum, Unit, Timestamp?.getTime()]).sort()).toEqual([
          [2, 'Bytes', before.getTime()],
          [4, 'Bytes', end.getTime()],
        ]);
      });
    },
  },
  {
    behaviour: 'namespaces of AWS are refused, and so are data older than two weeks',
    source: PUT,
    test: async (target) => {
      const datum = { MetricName: 'x', Value: 1 };
      await expect(put(target, 'AWS/Batch', datum)).rejects.toThrow(/Namespace/);
      const Timestamp = new Date(Date.now() - 15 * 1_440 * MINUTE);
      await expect(put(target, target.name('app'), { ...datum, Timestamp })).rejects.toThrow(/imestamp/);
    },
  },
  {
    behaviour: 'a large request comes packed',
    source: PUT,
    test: async (target) => {
      const namespace = target.name('app');
      const data = Array.from({ length: 300 }, () => ({
        ...{
          MetricName: 'Many',
          Value: 1,
          Timestamp: lastMinute(),
          Dimensions: [{ Name: 'Text', Value: 'x'.repeat(99) }],
        },
      }));
      await put(target, namespace, ...data);
      expect(await valueOf(target, namespace, 'Many', 'Sum', { Text: 'x'.repeat(99) })).toBe(300);
    },
  },
  {
    behaviour: 'data are answered newest first unless asked otherwise',
    source: GET,
    test: async (target) => {
      const Namespace = target.name('app');
      const end = lastMinute();
      const before = new Date(end.getTime() - 2 * MINUTE);
      const datum = { MetricName: 'Order' };
      await put(target, Namespace, { ...datum, Timestamp: before, Value: 1 }, { ...datum, Timestamp: end, Value: 2 });
      for (const [ScanBy, values] of [
        ['TimestampDescending', [2, 1]],
        ['TimestampAscending', [1, 2]],
      ] as const) {
        await target.eventually(async () => {
          const MetricStat = { Metric: { Namespace, MetricName: 'Order' }, Period: 60, Stat: 'Sum' };
          const EndTime = new Date(end.getTime() + MINUTE);
          const query = { StartTime: before, EndTime, ScanBy, MetricDataQueries: [{ Id: 'm', MetricStat }] };
          const { MetricDataResults } = await target.clients.cloudwatch.send(new GetMetricDataCommand(query));
          expect(MetricDataResults?.at(0)?.Values).toEqual(values);
        });
      }
    },
  },
  {
    behaviour: 'a log event in the embedded metric format is a metric for each set of its dimensions',
    source: EMF,
    test: async (target) => {
      const { logs } = target.clients;
      const [namespace, logGroupName, logStreamName] = [target.name('emf'), target.name('group'), 'stream'];
      await logs.send(new CreateLogGroupCommand({ logGroupName }));
      target.cleanup(() => logs.send(new DeleteLogGroupCommand({ logGroupName })));
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      // The example of the specification, with names and times of our own.
      const message = JSON.stringify({
        _aws: {
          Timestamp: Date.now(),
          CloudWatchMetrics: [
            {
              Namespace: namespace,
              Dimensions: [['functionVersion'], ['functionVersion', 'stage'], ['missing']],
              Metrics: [{ Name: 'time', Unit: 'Milliseconds' }, { Name: 'sizes' }],
            },
          ],
        },
        ...{ functionVersion: '$LATEST', stage: 'prod', time: 100, sizes: [1, 2, 3], requestId: '989ffbf8' },
      });
      const logEvents = [
        { timestamp: Date.now(), message: 'plain "_aws" text' },
        { timestamp: Date.now(), message },
      ];
      await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
      expect(await valueOf(target, namespace, 'time', 'Sum', { functionVersion: '$LATEST' })).toBe(100);
      const both = { functionVersion: '$LATEST', stage: 'prod' };
      expect(await valueOf(target, namespace, 'sizes', 'Average', both)).toBe(2);
    },
  },
]);
