import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import type { IComputeEnvironment, PlatformCapability } from '../compute/compute-environment';
import { MAX_COMPUTE_ENVIRONMENTS } from '../contracts/rules/queue';
import { fail } from '../private/check';

/** Tells what jobs of a queue run on; refuses compute environments that AWS Batch does not let share a queue. @internal */
export function checkComputeEnvironments(
  scope: IConstruct,
  environments: readonly batch.IComputeEnvironmentRef[],
  given?: PlatformCapability,
): PlatformCapability {
  checkCount(scope, environments.length);
  checkDuplicates(scope, environments);
  const known = environments.filter(isKnown);
  checkArchitecture(scope, known);
  return capabilityOf(scope, known, given);
}

/** Compute environments of this library, and those imported by it, know what they run on. @internal */
export function isKnown(environment: batch.IComputeEnvironmentRef): environment is IComputeEnvironment {
  return 'platformCapability' in environment;
}

function checkCount(scope: IConstruct, count: number): void {
  if (count > 0 && count <= MAX_COMPUTE_ENVIRONMENTS) return;
  const message = `'computeEnvironments' must hold 1 to ${MAX_COMPUTE_ENVIRONMENTS} compute environments, got ${count}`;
  throw fail(scope, message, 'queue-compute-count');
}

function checkDuplicates(scope: IConstruct, environments: readonly batch.IComputeEnvironmentRef[]): void {
  const arns = environments.map(({ computeEnvironmentRef }) => computeEnvironmentRef.computeEnvironmentArn);
  const twice = environments.find((_, index) => arns.indexOf(arns[index]) !== index);
  if (twice === undefined) return;
  const got = `got ${twice.node.id} twice`;
  throw fail(scope, `'computeEnvironments' must differ, ${got}: leave one out`, 'queue-duplicate-compute');
}

function checkArchitecture(scope: IConstruct, known: readonly IComputeEnvironment[]): void {
  const architectures = new Set(known.flatMap(({ architecture }) => architecture ?? []));
  if (architectures.size < 2) return;
  const got = known.map(({ node, architecture }) => `${node.id} on ${architecture ?? 'any'}`).join(', ');
  const message = `'computeEnvironments' must have one processor architecture, got ${got}: use a queue for each`;
  throw fail(scope, message, 'queue-architecture');
}

function capabilityOf(
  scope: IConstruct,
  known: readonly IComputeEnvironment[],
  given?: PlatformCapability,
): PlatformCapability {
  const capabilities = new Set(known.map(({ platformCapability }) => platformCapability));
  if (given !== undefined) capabilities.add(given);
  if (capabilities.size === 0) {
    const hint = 'give it, as the compute environments are of another library and do not tell';
    throw fail(scope, `'platformCapability' of the queue is not known: ${hint}`);
  }
  const [capability] = capabilities;
  if (capabilities.size === 1) return capability;

  const got = known.map(({ node, platformCapability }) => `${node.id} on ${platformCapability}`);
  if (given !== undefined) got.push(`'platformCapability' ${given}`);
  const kinds = 'EC2, Fargate, ECS Managed Instances or EKS';
  const message = `all jobs of a queue run on one of ${kinds}, got ${got.join(', ')}: use a queue for each`;
  throw fail(scope, message, 'queue-compute-kind');
}
