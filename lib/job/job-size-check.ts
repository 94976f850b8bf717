import { SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../compute/compute-environment';
import { fail } from '../private/check';
import { FARGATE_MEMORY_MIB } from '../contracts/fargate-sizes';
import { nearestFargateSize } from './fargate-sizes';
import type { JobSize } from './job-size';

/** Least memory of a container in MiB (https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html). */
const MIN_MEMORY_MIB = 4;

/** Rejects a size that no queue of the platform can run; what is known only at deploy time passes. @internal */
export function checkJobSize(scope: IConstruct, size: JobSize, platform: PlatformCapability): void {
  checkGpus(scope, size.gpus, platform);
  if (Token.isUnresolved(size.vcpus) || size.memory.isUnresolved()) return;
  const memoryMiB = size.memory.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  if (platform === PlatformCapability.FARGATE) checkFargate(scope, size.vcpus, memoryMiB);
  else checkEc2(scope, size.vcpus, memoryMiB);
}

function checkGpus(scope: IConstruct, gpus: number | undefined, platform: PlatformCapability): void {
  if (gpus === undefined) return;
  if (platform === PlatformCapability.FARGATE) {
    throw fail(scope, `'size' asks for GPUs, which Fargate does not offer: use a queue of EC2`);
  }
  if (!Token.isUnresolved(gpus) && (!Number.isInteger(gpus) || gpus < 1)) {
    throw fail(scope, `'size' must ask for a whole number of GPUs, at least 1, got ${gpus}`);
  }
}

function checkEc2(scope: IConstruct, vcpus: number, memoryMiB: number): void {
  if (!Number.isInteger(vcpus) || vcpus < 1) {
    throw fail(scope, `'size' must ask for a whole number of vCPUs on EC2, at least 1, got ${vcpus}`);
  }
  if (!Number.isInteger(memoryMiB) || memoryMiB < MIN_MEMORY_MIB) {
    throw fail(scope, `'size' must ask for whole MiB of memory, at least ${MIN_MEMORY_MIB}, got ${memoryMiB} MiB`);
  }
}

function checkFargate(scope: IConstruct, vcpus: number, memoryMiB: number): void {
  const nearest = nearestFargateSize(vcpus, memoryMiB);
  if (nearest.vcpus === vcpus && nearest.memoryMiB === memoryMiB) return;
  const offered = FARGATE_MEMORY_MIB.get(vcpus);
  const allowed =
    offered === undefined
      ? `vCPUs may be ${[...FARGATE_MEMORY_MIB.keys()].join(', ')}`
      : `with this number of vCPUs memory may be ${offered.join(', ')} MiB`;
  throw fail(
    scope,
    `'size' must be a pair that Fargate offers, got ${vcpus} vCPU with ${memoryMiB} MiB: ${allowed}; ` +
      `the nearest is JobSize.of(${nearest.vcpus}, Size.mebibytes(${nearest.memoryMiB}))`,
  );
}
