import { type Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { SWAPPINESS } from '../../contracts/rules/container';
import { checkRange, fail } from '../../private/check';
import type { ContainerOptions } from './container-options';

/** Renders what the kernel is told about a container. @internal */
export function renderLinuxParameters(
  scope: IConstruct,
  container: ContainerOptions,
): batch.CfnJobDefinition.LinuxParametersProperty {
  const { devices, tmpfs, sharedMemorySize, maxSwap, swappiness } = container;
  checkRange(scope, 'swappiness', swappiness, ...SWAPPINESS, { check: 'job-swap' });
  if (swappiness !== undefined && maxSwap === undefined) {
    throw fail(scope, `'swappiness' means nothing without 'maxSwap': say how much swap space there is`, 'job-swap');
  }
  return {
    initProcessEnabled: container.initProcess ?? true,
    sharedMemorySize:
      sharedMemorySize === undefined ? undefined : mebibytes(scope, 'sharedMemorySize', sharedMemorySize, 1),
    maxSwap: maxSwap === undefined ? undefined : mebibytes(scope, 'maxSwap', maxSwap, 0),
    swappiness,
    tmpfs: tmpfs?.map(({ containerPath, size, mountOptions }) => ({
      containerPath,
      size: mebibytes(scope, 'tmpfs', size, 1),
      mountOptions,
    })),
    devices: devices?.map(({ hostPath, containerPath, permissions }) => ({
      hostPath,
      containerPath: containerPath ?? hostPath,
      // AWS Batch knows them in capitals only; aws-cdk-lib has the words of ECS.
      permissions: permissions?.map((permission) => permission.toUpperCase()),
    })),
  };
}

/** Renders the limits of the processes in a container. @internal */
export function renderUlimits(container: ContainerOptions): batch.CfnJobDefinition.UlimitProperty[] | undefined {
  return container.ulimits?.map(({ name, softLimit, hardLimit }) => ({
    name,
    softLimit,
    hardLimit: hardLimit ?? softLimit,
  }));
}

function mebibytes(scope: IConstruct, name: string, size: Size, min: number): number {
  const value = size.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Token.isUnresolved(value) && (!Number.isInteger(value) || value < min)) {
    throw fail(scope, `'${name}' must be whole MiB, at least ${min}, got ${value} MiB`, 'job-memory-size');
  }
  return value;
}
