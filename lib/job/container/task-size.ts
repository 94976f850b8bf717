import { Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { PlatformCapability } from '../../compute/compute-environment';
import type { ContainerOptions } from './container-options';
import type { JobDemand } from '../job-demand';
import { JobSize } from '../job-size';
import { checkGpus, checkJobSize, checkMemory } from '../job-size-check';
import type { JobTask } from './job-task';

/** What a container gets. @internal */
export const sizeOf = (container: ContainerOptions): JobSize => container.size ?? JobSize.of(1, Size.gibibytes(2));

/**
 * What the containers of one task take together: ECS reserves it all when it places the task, in whatever order they
 * start. Nothing, when a part of it is known only at deploy time.
 * @internal
 */
export function demandOf(task: JobTask, containers: readonly ContainerOptions[]): JobDemand[] | undefined {
  const sizes = containers.map(sizeOf);
  const architecture = task.options.fargate?.architecture;
  if (sizes.length === 1) {
    const [{ vcpus, memory, gpus }] = sizes;
    return [{ vcpus, memory, gpus, architecture }];
  }
  if (sizes.some(isUnresolved)) return undefined;
  return [{ ...sumOf(sizes), architecture }];
}

/** Rejects sizes that the platform cannot run: on EC2 each container by itself, on Fargate all of them together. @internal */
export function checkSizes({ scope, platform }: JobTask, containers: readonly ContainerOptions[]): void {
  const sizes = containers.map(sizeOf);
  if (sizes.length === 1) {
    checkJobSize(scope, sizes[0], platform);
    return;
  }
  sizes.forEach((size, index) => {
    const name = `'containers[${index}].size'`;
    if (platform === PlatformCapability.FARGATE) checkPartOfFargate(size, name);
    else checkJobSize(scope, size, platform, name);
  });
  if (platform !== PlatformCapability.FARGATE || sizes.some(isUnresolved)) return;
  const { vcpus, memory } = sumOf(sizes);
  checkJobSize(scope, JobSize.of(vcpus, memory), platform, 'the size of all containers together');

  function checkPartOfFargate(size: JobSize, name: string): void {
    checkGpus(scope, size.gpus, platform, name);
    if (!size.memory.isUnresolved()) checkMemory(scope, mebibytesOf(size), name);
  }
}

function sumOf(sizes: readonly JobSize[]): JobDemand {
  const gpus = total(sizes.map((size) => size.gpus ?? 0));
  return {
    vcpus: total(sizes.map(({ vcpus }) => vcpus)),
    memory: Size.mebibytes(total(sizes.map(mebibytesOf))),
    gpus: gpus === 0 ? undefined : gpus,
  };
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

const mebibytesOf = ({ memory }: JobSize): number => memory.toMebibytes({ rounding: SizeRoundingBehavior.NONE });

const isUnresolved = ({ vcpus, memory, gpus }: JobSize): boolean =>
  Token.isUnresolved(vcpus) || memory.isUnresolved() || Token.isUnresolved(gpus);
