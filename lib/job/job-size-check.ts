import { SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../compute/compute-environment';
import { fail } from '../private/check';
import { FARGATE_MEMORY_MIB } from '../contracts/fargate-sizes';
import { nearestFargateSize } from './container/fargate-sizes';
import type { JobSize } from './job-size';

/** Least memory of a container in MiB (https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html). */
const MIN_MEMORY_MIB = 4;

/**
 * Rejects a size that no queue of the platform can run; what is known only at deploy time passes.
 *
 * @param name How the user calls the size.
 * @internal
 */
export function checkJobSize(scope: IConstruct, size: JobSize, platform: PlatformCapability, name = `'size'`): void {
  checkGpus(scope, size.gpus, platform, name);
  if (Token.isUnresolved(size.vcpus) || size.memory.isUnresolved()) return;
  const memoryMiB = size.memory.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  if (platform === PlatformCapability.FARGATE) checkFargate(scope, size.vcpus, memoryMiB, name);
  else checkEc2(scope, size.vcpus, memoryMiB, name);
}

/** Rejects a number of GPUs that no queue of the platform can offer. @internal */
export function checkGpus(
  scope: IConstruct,
  gpus: number | undefined,
  platform: PlatformCapability,
  name = `'size'`,
): void {
  if (gpus === undefined) return;
  if (platform === PlatformCapability.FARGATE) {
    throw fail(
      scope,
      `${name} asks for GPUs, which Fargate does not offer: use a queue of EC2`,
      'job-fargate-unsupported',
    );
  }
  if (!Token.isUnresolved(gpus) && (!Number.isInteger(gpus) || gpus < 1)) {
    throw fail(scope, `${name} must ask for a whole number of GPUs, at least 1, got ${gpus}`, 'job-size');
  }
}

/** Rejects memory that is not a whole number of MiB, or too little for a container. @internal */
export function checkMemory(scope: IConstruct, memoryMiB: number, name: string): void {
  if (Number.isInteger(memoryMiB) && memoryMiB >= MIN_MEMORY_MIB) return;
  throw fail(
    scope,
    `${name} must ask for whole MiB of memory, at least ${MIN_MEMORY_MIB}, got ${memoryMiB} MiB`,
    'job-size',
  );
}

function checkEc2(scope: IConstruct, vcpus: number, memoryMiB: number, name: string): void {
  if (!Number.isInteger(vcpus) || vcpus < 1) {
    throw fail(scope, `${name} must ask for a whole number of vCPUs on EC2, at least 1, got ${vcpus}`, 'job-size');
  }
  checkMemory(scope, memoryMiB, name);
}

function checkFargate(scope: IConstruct, vcpus: number, memoryMiB: number, name: string): void {
  const nearest = nearestFargateSize(vcpus, memoryMiB);
  if (nearest.vcpus === vcpus && nearest.memoryMiB === memoryMiB) return;
  const offered = FARGATE_MEMORY_MIB.get(vcpus);
  const allowed =
    offered === undefined
      ? `vCPUs may be ${[...FARGATE_MEMORY_MIB.keys()].join(', ')}`
      : `with this number of vCPUs memory may be ${offered.join(', ')} MiB`;
  throw fail(
    scope,
    `${name} must be a pair that Fargate offers, got ${vcpus} vCPU with ${memoryMiB} MiB: ${allowed}; ` +
      `the nearest is JobSize.of(${nearest.vcpus}, Size.mebibytes(${nearest.memoryMiB}))`,
    'job-fargate-size',
  );
}
