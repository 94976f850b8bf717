import { Stack } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type IComputeEnvironment, PlatformCapability } from '../compute/compute-environment';
import { importComputeEnvironment } from '../compute/compute-environment-base';
import { InstanceSelection } from '../compute/instances/instance-selection';
import type { ComputeEntry } from '../contracts/descriptor';
import { FairShareSchedulingPolicy } from '../queue/fair-share-scheduling-policy';
import { JobQueue } from '../queue/job-queue';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { KnownQueue } from './known-platform';

/** What comes with the deployment. */
interface ImportedQueue {
  readonly jobQueueArn: string;
  readonly encryptionKey: kms.IKey;
  /** Of a queue that has a scheduling policy. */
  readonly schedulingPolicyArn?: string;
}

/** A queue of a platform of another stack. @internal */
export function importedQueue(scope: Construct, id: string, imported: ImportedQueue, known: KnownQueue): IJobQueue {
  const parts = new Construct(scope, `${id}-parts`);
  const { schedulingPolicyArn: arn, ...rest } = imported;
  const platformCapability = PlatformCapability[known.platformCapability];
  const policy =
    arn === undefined
      ? undefined
      : FairShareSchedulingPolicy.fromFairShareSchedulingPolicyArn(parts, 'SchedulingPolicy', arn);
  return JobQueue.fromJobQueueAttributes(scope, id, {
    ...rest,
    platformCapability,
    schedulingPolicy: policy,
    computeEnvironments: (known.computeEnvironments ?? told(parts, known))?.map((entry) =>
      compute(parts, platformCapability, entry),
    ),
  });
}

/** Stands for all compute environments of a queue of which only this is told. */
function told(scope: Construct, { architecture, publicSubnets }: KnownQueue): ComputeEntry[] | undefined {
  if (architecture === undefined && publicSubnets === undefined) return undefined;
  const arn = Stack.of(scope).formatArn({ service: 'batch', resource: 'compute-environment', resourceName: '*' });
  return [{ name: 'Compute', arn, architecture, publicSubnets }];
}

function compute(
  scope: Construct,
  platformCapability: PlatformCapability,
  { name: id, arn, architecture, maxvCpus, instanceTypes, spot, publicSubnets }: ComputeEntry,
): IComputeEnvironment {
  const instances = instanceTypes && InstanceSelection.named(...instanceTypes);
  return importComputeEnvironment(scope, id, {
    computeEnvironmentArn: arn,
    platformCapability,
    architecture: Object.values(InstanceArchitecture).find((one) => one === architecture),
    offer: { maxvCpus, instances, spot, publicSubnets },
  });
}
