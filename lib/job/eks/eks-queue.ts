import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../../compute/compute-environment';
import { fail } from '../../private/check';
import type { IJobQueue } from '../../queue/job-queue-interface';

/** Rejects queues whose jobs are no pods. @internal */
export function checkEksQueue(scope: IConstruct, { platformCapability }: IJobQueue): void {
  if (platformCapability === PlatformCapability.EKS) return;
  throw fail(
    scope,
    `'queue' must be one of Amazon EKS, as the job is a pod, got one of ${platformCapability}: use a queue with an ` +
      'EksComputeEnvironment, or a BatchJob',
    'fit-platform',
  );
}
