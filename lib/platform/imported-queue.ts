import { Lazy } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, type IConstruct } from 'constructs';
import { type IComputeEnvironment, PlatformCapability } from '../compute/compute-environment';
import { importComputeEnvironment } from '../compute/compute-environment-base';
import { InstanceSelection } from '../compute/instances/instance-selection';
import type { ComputeEntry } from '../contracts/descriptor';
import { fail } from '../private/check';
import { FairShareSchedulingPolicy } from '../queue/fair-share-scheduling-policy';
import { JobQueue } from '../queue/job-queue';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { KnownQueue } from './known-platform';

/** What is not known of it before the deployment, and where it is put. */
interface ImportedQueue {
  /** Where its scheduling policy and compute environments are. */
  readonly parts: Construct;
  readonly jobQueueArn: string;
  readonly encryptionKey: kms.IKey;
  /** Of a queue that has a scheduling policy. */
  readonly schedulingPolicyArn?: string;
}

/** A queue of a platform of another stack. @internal */
export function importedQueue(scope: Construct, id: string, imported: ImportedQueue, known: KnownQueue): IJobQueue {
  const { parts, schedulingPolicyArn: arn, ...rest } = imported;
  const platformCapability = PlatformCapability[known.platformCapability];
  const policy =
    arn === undefined
      ? undefined
      : FairShareSchedulingPolicy.fromFairShareSchedulingPolicyArn(parts, 'SchedulingPolicy', arn);
  return JobQueue.fromJobQueueAttributes(scope, id, {
    ...rest,
    platformCapability,
    schedulingPolicy: policy,
    computeEnvironments:
      known.computeEnvironments?.map((entry) => compute(parts, platformCapability, entry)) ?? told(parts, id, known),
  });
}

const STAND_IN = 'cdk-batch-platform:stand-in';

/** Whether a compute environment stands for all of a queue of which too little is known to name them. @internal */
export const isStandIn = ({ node }: IConstruct): boolean => node.tryGetContext(STAND_IN) === true;

/** Stands for all compute environments of a queue of which only this is told. */
function told(
  parent: Construct,
  queue: string,
  { platformCapability, architecture, publicSubnets }: KnownQueue,
): IComputeEnvironment[] | undefined {
  if (architecture === undefined && publicSubnets === undefined) return undefined;
  const scope = new Construct(parent, 'Told');
  scope.node.setContext(STAND_IN, true);
  const arn = Lazy.string({
    produce: () => {
      throw fail(parent, `the compute environments of the queue '${queue}' are not known: find them with fromLookup()`);
    },
  });
  return [
    compute(scope, PlatformCapability[platformCapability], { name: 'Compute', arn, architecture, publicSubnets }),
  ];
}

function compute(
  scope: Construct,
  platformCapability: PlatformCapability,
  { name: id, arn, architecture, maxvCpus, instanceTypes, spot, publicSubnets, isolatedSubnets }: ComputeEntry,
): IComputeEnvironment {
  const instances = instanceTypes && InstanceSelection.named(...instanceTypes);
  return importComputeEnvironment(scope, id, {
    computeEnvironmentArn: arn,
    platformCapability,
    architecture: Object.values(InstanceArchitecture).find((one) => one === architecture),
    offer: { maxvCpus, instances, spot, publicSubnets, isolatedSubnets },
  });
}
