import type { Area } from './area';
import { compute } from './areas/compute';
import { consumables } from './areas/consumables';
import { ecsJobs } from './areas/ecs-jobs';
import { onEks } from './areas/eks';
import { managedInstances } from './areas/managed-instances';
import { multiNodeJobs } from './areas/multi-node-jobs';
import { queues } from './areas/queues';
import { training } from './areas/training';
import { unmanaged } from './areas/unmanaged';

/** All that the library offers over the resources of AWS Batch. */
export const AREAS: readonly Area[] = [
  compute,
  managedInstances,
  unmanaged,
  queues,
  training,
  ecsJobs,
  multiNodeJobs,
  onEks,
  consumables,
];
