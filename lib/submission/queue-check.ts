import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../compute/compute-environment';
import type { IBatchJob } from '../job/batch-job-interface';
import { checkFit } from '../job/fit/check-fit';
import type { JobDemand } from '../job/job-demand';
import type { JobSize } from '../job/job-size';
import { checkJobSize } from '../job/job-size-check';
import type { IJobQueue } from '../queue/job-queue-interface';

/**
 * Rejects a queue on which a job can never be placed, with the size that it has this time. The job itself has compared
 * its own size with its own queue.
 * @internal
 */
export function checkQueue(scope: IConstruct, job: IBatchJob, queue: IJobQueue, size?: JobSize): void {
  if (queue === job.queue && size === undefined) return;
  const platform = queue.platformCapability;
  if (size !== undefined && platform !== PlatformCapability.EKS) checkJobSize(scope, size, platform);
  checkFit(scope, demandsOf(job, size), queue, job.queue.platformCapability);
}

/** A size is that of the only container, and there is one for each job or for each node. */
function demandsOf({ demands }: IBatchJob, size?: JobSize): JobDemand[] | undefined {
  if (size === undefined || demands === undefined) return demands;
  const { vcpus, memory, gpus } = size;
  return demands.map((demand) => ({ ...demand, vcpus, memory, gpus }));
}
