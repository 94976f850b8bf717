import { PlatformCapability } from '../../compute/compute-environment';
import { fail } from '../../private/check';
import type { VolumeSource } from './volume-source';

/** A volume that is a directory of the instance. @internal */
export function hostVolume(sourcePath: string): VolumeSource {
  return {
    render({ scope, platform }) {
      if (platform === PlatformCapability.FARGATE) {
        throw fail(
          scope,
          `a volume must not be a directory of the host on Fargate, which has none, got ${JSON.stringify(sourcePath)}: ` +
            'use JobVolume.efs or JobVolume.ephemeral, or a queue of EC2',
          'job-fargate-unsupported',
        );
      }
      return { host: { sourcePath } };
    },
  };
}
