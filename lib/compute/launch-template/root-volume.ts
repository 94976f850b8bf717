import { Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { ROOT_VOLUME } from '../../contracts/rules/compute';
import { checkRange, fail } from '../../private/check';
import type { RootVolumeProps } from './root-volume-props';

/** Root device of the Amazon Linux 2023 images for ECS and EKS. */
const ROOT_DEVICE = '/dev/xvda';

/** The root volume as a launch template describes it. @internal */
export function rootVolume(
  scope: IConstruct,
  props: RootVolumeProps,
): ec2.CfnLaunchTemplate.BlockDeviceMappingProperty {
  const size = props.rootVolumeSize ?? Size.gibibytes(100);
  checkRootVolume(scope, size, props);
  return {
    deviceName: ROOT_DEVICE,
    ebs: {
      volumeType: 'gp3',
      volumeSize: size.toGibibytes(),
      iops: props.rootVolumeIops,
      throughput: props.rootVolumeThroughput?.toMebibytes(),
      encrypted: true,
      kmsKeyId: props.rootVolumeKey?.keyArn,
      deleteOnTermination: true,
    },
  };
}

function checkRootVolume(scope: IConstruct, size: Size, props: RootVolumeProps): void {
  const check = 'compute-root-volume';
  const gibibytes = size.isUnresolved() ? undefined : size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  checkRange(scope, 'rootVolumeSize', gibibytes, ...ROOT_VOLUME.gibibytes, { unit: 'GiB', check });

  const { rootVolumeIops, rootVolumeThroughput } = props;
  checkRange(scope, 'rootVolumeIops', rootVolumeIops, ...ROOT_VOLUME.iops, { check });
  const iops = rootVolumeIops ?? ROOT_VOLUME.iops[0];
  if (gibibytes !== undefined && !Token.isUnresolved(iops) && iops > gibibytes * ROOT_VOLUME.iopsPerGibibyte) {
    const most = gibibytes * ROOT_VOLUME.iopsPerGibibyte;
    throw fail(scope, `'rootVolumeIops' must be at most ${most} for ${gibibytes} GiB, got ${iops}`, check);
  }

  if (rootVolumeThroughput === undefined || rootVolumeThroughput.isUnresolved()) return;
  const mebibytes = rootVolumeThroughput.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  checkRange(scope, 'rootVolumeThroughput', mebibytes, ...ROOT_VOLUME.throughput, { unit: 'MiB', check });
  if (!Token.isUnresolved(iops) && mebibytes * ROOT_VOLUME.iopsPerMebibyte > iops) {
    const needed = mebibytes * ROOT_VOLUME.iopsPerMebibyte;
    const hint = `'rootVolumeIops' must be at least ${needed}`;
    throw fail(scope, `'rootVolumeThroughput' of ${mebibytes} MiB needs more operations: ${hint}, got ${iops}`, check);
  }
}
