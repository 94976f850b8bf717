import type { Service } from '../core/service';
import type { World } from '../core/world';
import { putMetricData } from './put-metric-data';
import { readOperations } from './read-operations';
import { MetricStore } from './store';

/** Amazon CloudWatch: metrics by the minute. Alarms and dashboards have no behaviour. */
export const createCloudWatch = (world: World): Service => {
  const store = new MetricStore(world);
  return { name: 'cloudwatch', operations: { PutMetricData: putMetricData(world, store), ...readOperations(store) } };
};
