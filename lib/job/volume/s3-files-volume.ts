import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3files from 'aws-cdk-lib/aws-s3files';
import { PlatformCapability } from '../../compute/compute-environment';
import { PORT } from '../../contracts/rules/container';
import { checkRange, warn } from '../../private/check';
import type { S3FilesVolumeOptions } from './job-volume';
import type { VolumeSource } from './volume-source';

/** A volume of Amazon S3 Files. @internal */
export function s3FilesVolume(fileSystem: s3files.IFileSystemRef, options: S3FilesVolumeOptions): VolumeSource {
  const { accessPoint, rootDirectory, transitEncryptionPort } = options;
  return {
    render({ scope, platform, jobRole, writable }) {
      // A warning, for AWS means to support it there, too.
      if (platform === PlatformCapability.EC2) {
        warn(
          scope,
          'AWS does not support volumes of S3 Files on EC2, where the job would fail when it starts: use a queue of ' +
            'Fargate or of ECS Managed Instances',
          'job-s3-files-ec2',
        );
      }
      checkRange(scope, 'transitEncryptionPort', transitEncryptionPort, ...PORT, { check: 'job-volume-port' });
      const { fileSystemArn } = fileSystem.fileSystemRef;
      iam.Grant.addToPrincipal({
        grantee: jobRole,
        actions: ['s3files:ClientMount', ...(writable ? ['s3files:ClientWrite'] : [])],
        resourceArns: [fileSystemArn],
      });
      return {
        s3FilesVolumeConfiguration: {
          fileSystemArn,
          rootDirectory,
          transitEncryptionPort,
          accessPointArn: accessPoint?.accessPointRef.accessPointArn,
        },
      };
    },
  };
}
