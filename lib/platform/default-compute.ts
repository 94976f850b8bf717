import type * as batch from 'aws-cdk-lib/aws-batch';
import type { Construct } from 'constructs';
import { PlatformCapability } from '../compute/compute-environment';
import { Ec2Capacity } from '../compute/ec2/ec2-capacity';
import { Ec2ComputeEnvironment } from '../compute/ec2/ec2-compute-environment';
import { FargateComputeEnvironment } from '../compute/fargate-compute-environment';
import type { RootVolumeProps } from '../compute/launch-template/root-volume-props';
import type { ManagedComputeEnvironmentProps } from '../compute/managed-compute-environment-props';
import { fail } from '../private/check';
import type { JobQueueProps } from '../queue/job-queue-props';
import type { BatchPlatformProps } from './batch-platform-props';

/** The compute environments behind the default queues. */
export interface DefaultCompute {
  readonly onDemand: batch.IComputeEnvironmentRef;
  readonly spot: batch.IComputeEnvironmentRef;
  readonly fargate: batch.IComputeEnvironmentRef;
}

/** Rejects compute environments for queues that do not exist. */
export function checkReplacements(scope: Construct, given: BatchPlatformProps): void {
  const { queues, onDemand, spot, fargate } = given;
  const compute = Object.entries({ onDemand, spot, fargate });
  const unused = compute.find(([, environment]) => environment !== undefined);
  if (queues !== undefined && unused !== undefined) {
    const hint = `leave it out, or leave 'queues' out and add yours with addQueue()`;
    throw fail(scope, `'${unused[0]}' has no effect when 'queues' replaces the platform's own queues: ${hint}`);
  }
}

/** Defines the compute environments behind the default queues, except those that are given. */
export function defaultCompute(
  scope: Construct,
  given: BatchPlatformProps,
  common: ManagedComputeEnvironmentProps & RootVolumeProps,
): DefaultCompute {
  return {
    onDemand: given.onDemand ?? new Ec2ComputeEnvironment(scope, 'OnDemand', common),
    spot: given.spot ?? new Ec2ComputeEnvironment(scope, 'Spot', { ...common, capacity: Ec2Capacity.spot() }),
    fargate: given.fargate ?? new FargateComputeEnvironment(scope, 'Fargate', common),
  };
}

/** The default queues by name; docs/decisions/0005-queue-tiers.md tells why they are these. */
export function defaultQueues({ onDemand, spot, fargate }: DefaultCompute): Record<string, JobQueueProps> {
  const { EC2, FARGATE } = PlatformCapability;
  return {
    urgent: { computeEnvironments: [onDemand], platformCapability: EC2, priority: 100 },
    standard: { computeEnvironments: [spot], platformCapability: EC2, priority: 50 },
    bulk: { computeEnvironments: [spot], platformCapability: EC2, priority: 10 },
    fargate: { computeEnvironments: [fargate], platformCapability: FARGATE, priority: 50 },
  };
}
