import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import type { IComputeEnvironment, PlatformCapability } from '../compute/compute-environment';
import { fail } from '../private/check';

/** Tells what jobs of a queue run on; refuses compute environments that AWS Batch does not let share a queue. */
export function capabilityOf(
  scope: IConstruct,
  environments: readonly batch.IComputeEnvironmentRef[],
  given?: PlatformCapability,
): PlatformCapability {
  const known = environments.filter(isKnown);
  const architectures = new Set(known.flatMap(({ architecture }) => architecture ?? []));
  if (architectures.size > 1) {
    const got = [...architectures].join(' and ');
    throw fail(scope, `'computeEnvironments' must have one processor architecture, got ${got}: use a queue for each`);
  }

  const capabilities = new Set(known.map(({ platformCapability }) => platformCapability));
  if (given !== undefined) capabilities.add(given);
  if (capabilities.size === 0) {
    const hint = 'give it, as the compute environments are of another library and do not tell';
    throw fail(scope, `'platformCapability' of the queue is not known: ${hint}`);
  }
  if (capabilities.size > 1) {
    const got = describe(known, given);
    throw fail(scope, `all jobs of a queue run either on EC2 or on Fargate, got ${got}: use a queue for each`);
  }
  const [capability] = capabilities;
  return capability;
}

/** Compute environments of this library, and those imported by it, know what they run on. */
export function isKnown(environment: batch.IComputeEnvironmentRef): environment is IComputeEnvironment {
  return 'platformCapability' in environment;
}

function describe(known: readonly IComputeEnvironment[], given?: PlatformCapability): string {
  const got = known.map(({ node, platformCapability }) => `${node.id} on ${platformCapability}`);
  if (given !== undefined) got.push(`'platformCapability' ${given}`);
  return got.join(', ');
}
