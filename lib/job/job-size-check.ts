import { SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../compute/compute-environment';
import { fail } from '../private/check';
import { fargateSizesInWords, isCount, isFargateSize, isMemory, MIN_MEMORY_MIB } from '../contracts/rules/job';
import { nearestFargateSize } from './container/fargate-sizes';
import type { JobSize } from './job-size';

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
  if (!Token.isUnresolved(gpus) && !isCount(gpus)) {
    throw fail(scope, `${name} must ask for a whole number of GPUs, at least 1, got ${gpus}`, 'job-size');
  }
}

/** Rejects memory that is not a whole number of MiB, or too little for a container. @internal */
export function checkMemory(scope: IConstruct, memoryMiB: number, name: string): void {
  if (isMemory(memoryMiB)) return;
  throw fail(
    scope,
    `${name} must ask for whole MiB of memory, at least ${MIN_MEMORY_MIB}, got ${memoryMiB} MiB`,
    'job-size',
  );
}

function checkEc2(scope: IConstruct, vcpus: number, memoryMiB: number, name: string): void {
  if (!isCount(vcpus)) {
    throw fail(scope, `${name} must ask for a whole number of vCPUs on EC2, at least 1, got ${vcpus}`, 'job-size');
  }
  checkMemory(scope, memoryMiB, name);
}

function checkFargate(scope: IConstruct, vcpus: number, memoryMiB: number, name: string): void {
  if (isFargateSize(vcpus, memoryMiB)) return;
  const nearest = nearestFargateSize(vcpus, memoryMiB);
  throw fail(
    scope,
    `${name} must be a pair that Fargate offers, got ${vcpus} vCPU with ${memoryMiB} MiB: ` +
      `${fargateSizesInWords(vcpus)}; ` +
      `the nearest is JobSize.of(${nearest.vcpus}, Size.mebibytes(${nearest.memoryMiB}))`,
    'job-fargate-size',
  );
}
