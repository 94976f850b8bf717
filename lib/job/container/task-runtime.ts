import { SizeRoundingBehavior } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { PlatformCapability } from '../../compute/compute-environment';
import { EPHEMERAL_GIBIBYTES } from '../../contracts/rules/container';
import { isWithin } from '../../contracts/rules/range';
import { fail, warn } from '../../private/check';
import type { FargateOptions } from './fargate-options';
import type { JobTask } from './job-task';

/** What a task asks of the platform that it runs on. @internal */
export type TaskRuntime = Pick<
  batch.CfnJobDefinition.EcsTaskPropertiesProperty,
  'platformVersion' | 'networkConfiguration' | 'ephemeralStorage' | 'runtimePlatform'
>;

/** Renders what a task asks of the platform; refuses what the platform does not offer. @internal */
export function renderRuntime(task: JobTask): TaskRuntime {
  const { scope, platform, options } = task;
  if (platform === PlatformCapability.FARGATE) return renderFargate(task, options.fargate ?? {});
  if (options.fargate !== undefined) {
    throw fail(scope, `'fargate' must be left out on ${platform}: use a queue of Fargate`, 'job-fargate-only');
  }
  return platform === PlatformCapability.MANAGED_INSTANCES ? { runtimePlatform: managedPlatform(task) } : {};
}

function renderFargate(task: JobTask, options: FargateOptions): TaskRuntime {
  const { architecture, operatingSystem, ephemeralStorage, platformVersion } = options;
  checkStorage(task, options);
  checkWindows(task, options);
  const assignPublicIp = assignPublicIpOf(task, options);
  return {
    platformVersion,
    networkConfiguration:
      assignPublicIp === undefined ? undefined : { assignPublicIp: assignPublicIp ? 'ENABLED' : 'DISABLED' },
    ephemeralStorage: ephemeralStorage === undefined ? undefined : { sizeInGiB: ephemeralStorage.toGibibytes() },
    runtimePlatform:
      architecture === undefined && operatingSystem === undefined
        ? undefined
        : {
            cpuArchitecture: nameOf(architecture),
            operatingSystemFamily: operatingSystem?._operatingSystemFamily ?? 'LINUX',
          },
  };
}

/** In a private subnet a public address does no harm: routes lead through the NAT gateway all the same. */
function assignPublicIpOf({ scope, queue }: JobTask, { assignPublicIp }: FargateOptions): boolean | undefined {
  const environments = queue.computeEnvironments ?? [];
  const isPublic = environments.some(({ offer }) => offer?.publicSubnets === true);
  if (isPublic && assignPublicIp === false) {
    warn(
      scope,
      `'fargate.assignPublicIp' is false, and the queue has public subnets, where jobs pull no image without a public ` +
        'address unless there are VPC endpoints: leave it out',
      'job-public-address',
    );
  }
  return assignPublicIp ?? (isPublic || undefined);
}

/** ECS takes tasks that do not say so for x86-64, which instances of Graviton cannot run. */
function managedPlatform({ queue }: JobTask): batch.CfnJobDefinition.RuntimePlatformProperty | undefined {
  const architectures = new Set(queue.computeEnvironments?.map(({ architecture }) => architecture));
  if (architectures.size !== 1 || !architectures.has(ec2.InstanceArchitecture.ARM_64)) return undefined;
  return { cpuArchitecture: nameOf(ec2.InstanceArchitecture.ARM_64), operatingSystemFamily: 'LINUX' };
}

const nameOf = (architecture?: ec2.InstanceArchitecture): string =>
  architecture === ec2.InstanceArchitecture.ARM_64 ? 'ARM64' : 'X86_64';

function checkStorage({ scope }: JobTask, { ephemeralStorage }: FargateOptions): void {
  if (ephemeralStorage === undefined || ephemeralStorage.isUnresolved()) return;
  const gibibytes = ephemeralStorage.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (isWithin(gibibytes, EPHEMERAL_GIBIBYTES)) return;
  throw fail(
    scope,
    `'fargate.ephemeralStorage' must be 21 to 200 whole GiB, got ${gibibytes} GiB: leave it out for 20 GiB`,
    'job-ephemeral-storage',
  );
}

function checkWindows({ scope, queue, isWindows }: JobTask, { architecture }: FargateOptions): void {
  if (!isWindows) return;
  if (architecture === ec2.InstanceArchitecture.ARM_64) {
    throw fail(scope, `'fargate.architecture' must be X86_64 for Windows, got ARM_64`, 'job-windows-unsupported');
  }
  const environments = queue.computeEnvironments ?? [];
  if (environments.length > 0 && environments.every(({ offer }) => offer?.spot === true)) {
    throw fail(
      scope,
      'Windows gets no Spot capacity of Fargate, which is all that the queue has: use a queue of FargateCapacity.ON_DEMAND',
      'job-windows-unsupported',
    );
  }
}
