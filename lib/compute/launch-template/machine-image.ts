import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { isOnAmazonLinux2 } from '../../contracts/rules/compute';
import { fail } from '../../private/check';
import { checkInstances } from '../instances/instance-check';
import type { InstanceSelection } from '../instances/instance-selection';

/** Which image instances start from, as AWS Batch takes it. @internal */
export interface MachineImageChoice {
  readonly imageType: string;
  readonly imageIdOverride?: string;
}

/**
 * Which image instances start from: that of AWS for them, or one of the user. Written always, as what AWS Batch takes
 * otherwise has changed before. Refuses instances that the image does not go with.
 * @internal
 */
export function machineImageOf(
  scope: Construct,
  instances: InstanceSelection,
  imageType: string,
  machineImage?: ec2.IMachineImage,
): MachineImageChoice {
  const isOwn = machineImage !== undefined;
  if (!isOwn && isOnAmazonLinux2(imageType)) {
    const hint = `leave it out, or give a 'machineImage' of your own`;
    const message = `'imageType' must be on Amazon Linux 2023, as AWS Batch ended ${imageType} on 30 June 2026: ${hint}`;
    throw fail(scope, message, 'compute-image-type');
  }
  checkInstances(scope, instances, { imageType, isOwn });
  return { imageType, imageIdOverride: machineImage?.getImage(scope).imageId };
}
