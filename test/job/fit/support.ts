import { Size, type Stack } from 'aws-cdk-lib';
import type { ComputeOffer, IJobQueue, JobDemand } from '../../../lib';
import { InstanceSelection, JobQueue, PlatformCapability } from '../../../lib';
import {
  importComputeEnvironment,
  type KnownOfComputeEnvironment,
} from '../../../lib/compute/compute-environment-base';
import { newStack } from '../../support/stack';

/** A demand, by default of 1 vCPU and 1 GiB. */
export const demand = ({ memoryMiB = 1024, ...rest }: { memoryMiB?: number } & Partial<JobDemand> = {}): JobDemand => ({
  vcpus: 1,
  memory: Size.mebibytes(memoryMiB),
  ...rest,
});

type Known = Partial<KnownOfComputeEnvironment>;

/** A queue called Queue over compute environments called A, B and C. */
export function queueOf(environments: readonly Known[] | undefined, stack: Stack = newStack()): IJobQueue {
  const { EC2 } = PlatformCapability;
  const computeEnvironments = environments?.map((known, index) =>
    importComputeEnvironment(stack, 'ABC'[index], {
      computeEnvironmentArn: `arn:aws:batch:eu-west-1:123456789012:compute-environment/${index}`,
      platformCapability: EC2,
      architecture: known.offer?.instances?.architecture,
      ...known,
    }),
  );
  return JobQueue.fromJobQueueAttributes(stack, 'Queue', {
    jobQueueArn: 'arn:aws:batch:eu-west-1:123456789012:job-queue/queue',
    platformCapability: environments?.at(0)?.platformCapability ?? EC2,
    computeEnvironments,
  });
}

/** A queue over compute environments with these instances each. */
export const queueOfInstances = (...names: readonly (readonly string[])[]): IJobQueue =>
  queueOf(names.map((each) => ({ offer: { instances: InstanceSelection.named(...each) } })));

/** A queue over one compute environment with this offer. */
export const queueOfOffer = (offer: ComputeOffer, known: Known = {}): IJobQueue => queueOf([{ offer, ...known }]);
