import type { Area } from './area';
import { compute } from './areas/compute';
import { consumables } from './areas/consumables';
import { eksJobs } from './areas/eks-jobs';
import { queues } from './areas/queues';

/** All that the library offers over the resources of AWS Batch. */
export const AREAS: readonly Area[] = [compute, queues, eksJobs, consumables];
