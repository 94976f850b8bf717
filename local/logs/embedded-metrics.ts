import type { Input } from '../core/service';
import type { World } from '../core/world';
import { isRecord } from '../core/json';
import type { LogEvent } from './log-stream';

interface Datum {
  readonly namespace: string;
  readonly data: Input;
}

const MAX_VALUES = 100;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const parsed = (message: string): Input | undefined => {
  try {
    const value: unknown = JSON.parse(message);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** A set of dimensions whose values are all there. */
const dimensionsOf = (names: unknown, root: Input): readonly Input[] | undefined => {
  const dimensions = listOf(names).map((name) => ({ Name: String(name), Value: root[String(name)] }));
  return dimensions.every(({ Value }) => typeof Value === 'string') ? dimensions : undefined;
};

const valuesOf = (value: unknown): readonly number[] =>
  (Array.isArray(value) ? value : [value]).slice(0, MAX_VALUES).filter((each) => typeof each === 'number');

const dataOf = (directive: Input, root: Input, Timestamp: Date): readonly Datum[] => {
  const namespace = directive.Namespace;
  if (typeof namespace !== 'string') return [];
  const given = listOf(directive.Dimensions);
  const sets = (given.length === 0 ? [[]] : given).flatMap((names) => {
    const dimensions = dimensionsOf(names, root);
    return dimensions === undefined ? [] : [dimensions];
  });
  return listOf(directive.Metrics)
    .filter(isRecord)
    .flatMap(({ Name, Unit }) => {
      const Values = typeof Name === 'string' ? valuesOf(root[Name]) : [];
      if (Values.length === 0) return [];
      return sets.map((Dimensions) => ({
        namespace,
        data: { MetricName: Name, Values, Unit: typeof Unit === 'string' ? Unit : 'None', Timestamp, Dimensions },
      }));
    });
};

/**
 * The metrics in an event of the embedded metric format; what is none has none:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const embeddedMetrics = ({ message }: LogEvent): readonly Datum[] => {
  // Of ten thousand lines, nearly none is looked into.
  const root = message.includes('"_aws"') ? parsed(message) : undefined;
  const metadata = root?._aws;
  if (root === undefined || !isRecord(metadata) || typeof metadata.Timestamp !== 'number') return [];
  const time = new Date(metadata.Timestamp);
  return listOf(metadata.CloudWatchMetrics)
    .filter(isRecord)
    .flatMap((directive) => dataOf(directive, root, time));
};

/** Hands the metrics in events to CloudWatch. */
export const publishMetrics = async (world: World, events: readonly LogEvent[]): Promise<void> => {
  const principal = { arn: `arn:aws:iam::${world.account}:role/aws-service-role/logs.amazonaws.com/metrics` };
  for (const { namespace, data } of events.flatMap(embeddedMetrics)) {
    const input = { Namespace: namespace, MetricData: [data] };
    await world
      .call({ service: 'cloudwatch', operation: 'PutMetricData', input, principal })
      .catch((error: unknown) => {
        world.note(`a metric of ${namespace} in a log is not taken: ${String(error)}`);
      });
  }
};
