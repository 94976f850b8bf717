import type { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** Root device of the ECS-optimized Amazon Linux 2023 images. */
const ROOT_DEVICE = '/dev/xvda';

/**
 * Defines the launch template of a compute environment: instance metadata by session tokens and not for containers
 * behind a bridge, and an encrypted root volume.
 *
 * The key is that of the account for EBS: a key of one's own would have to admit service-linked roles that may not exist.
 */
export function launchTemplate(scope: Construct, id: string, rootVolumeSize: Size): ec2.CfnLaunchTemplate {
  return new ec2.CfnLaunchTemplate(scope, id, {
    launchTemplateData: {
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: ROOT_DEVICE,
          ebs: {
            volumeType: 'gp3',
            volumeSize: rootVolumeSize.toGibibytes(),
            encrypted: true,
            deleteOnTermination: true,
          },
        },
      ],
    },
  });
}
