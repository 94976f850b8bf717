import type * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PLATFORM_VERSIONS_WITH_EFS as WITH_EFS, PORT } from '../../contracts/rules/container';
import { checkRange, fail } from '../../private/check';
import type { EfsVolumeOptions } from './job-volume';
import type { VolumeSource } from './volume-source';

/** A volume of Amazon EFS. @internal */
export function efsVolume(fileSystem: efs.IFileSystemRef, options: EfsVolumeOptions): VolumeSource {
  const { accessPoint, rootDirectory, iamAuthorization = true, transitEncryptionPort } = options;
  return {
    render({ scope, jobRole, writable, platformVersion }) {
      if (platformVersion !== undefined && !WITH_EFS.includes(platformVersion)) {
        throw fail(
          scope,
          `'fargate.platformVersion' must be ${WITH_EFS.join(' or ')} for volumes of EFS, got ${platformVersion}`,
          'job-efs-platform-version',
        );
      }
      if (accessPoint !== undefined && rootDirectory !== undefined && rootDirectory !== '/') {
        throw fail(
          scope,
          `'rootDirectory' of a volume must be left out when it has an access point, which has a directory of its ` +
            `own, got ${JSON.stringify(rootDirectory)}`,
          'job-efs-root-directory',
        );
      }
      checkRange(scope, 'transitEncryptionPort', transitEncryptionPort, ...PORT, { check: 'job-volume-port' });
      const { fileSystemId, fileSystemArn } = fileSystem.fileSystemRef;
      if (iamAuthorization) grantMount(jobRole, fileSystemArn, writable, accessPoint);
      return {
        efsVolumeConfiguration: {
          fileSystemId,
          rootDirectory,
          transitEncryption: 'ENABLED',
          transitEncryptionPort,
          authorizationConfig: {
            accessPointId: accessPoint?.accessPointRef.accessPointId,
            iam: iamAuthorization ? 'ENABLED' : 'DISABLED',
          },
        },
      };
    },
  };
}

function grantMount(
  jobRole: iam.IGrantable,
  fileSystemArn: string,
  writable: boolean,
  accessPoint?: efs.IAccessPointRef,
): void {
  const write = writable ? ['elasticfilesystem:ClientWrite'] : [];
  iam.Grant.addToPrincipal({
    grantee: jobRole,
    actions: ['elasticfilesystem:ClientMount', ...write],
    resourceArns: [fileSystemArn],
    conditions:
      accessPoint === undefined
        ? undefined
        : { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint.accessPointRef.accessPointArn } },
  });
}
