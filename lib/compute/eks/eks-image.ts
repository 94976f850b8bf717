import { Token } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type { Construct } from 'constructs';
import { isKubernetesVersion, isOnAmazonLinux2 } from '../../contracts/rules/compute';
import { fail } from '../../private/check';
import type { EksComputeEnvironmentProps } from './eks-compute-environment-props';
import type { InstanceSelection } from '../instances/instance-selection';
import { type MachineImageChoice, machineImageOf } from '../launch-template/machine-image';

/** Which image nodes start from, as AWS Batch takes it. @internal */
export interface EksImageChoice extends MachineImageChoice {
  readonly imageKubernetesVersion?: string;
}

/** Which image nodes start from: that of Amazon EKS for the instances, or one of the user. @internal */
export function eksImageOf(
  scope: Construct,
  props: EksComputeEnvironmentProps,
  instances: InstanceSelection,
): EksImageChoice {
  const { machineImage, imageKubernetesVersion } = props;
  const imageType = props.imageType ?? imageTypeOf(instances);
  if (machineImage === undefined && isOnAmazonLinux2(imageType)) {
    const hint = `leave it out, or give a 'machineImage' of your own`;
    const message = `'imageType' must be on Amazon Linux 2023, as ${imageType} ended on 26 November 2025: ${hint}`;
    throw fail(scope, message, 'compute-image-type');
  }
  checkVersion(scope, imageKubernetesVersion);
  return { ...machineImageOf(scope, instances, imageType, machineImage), imageKubernetesVersion };
}

/** What nodes read their user data by, which AWS Batch cannot see from an image of the user. @internal */
export const userDataTypeOf = (imageType: string): string =>
  isOnAmazonLinux2(imageType) ? 'EKS_BOOTSTRAP_SH' : 'EKS_NODEADM';

function imageTypeOf({ imageType }: InstanceSelection): batch.EksMachineImageType {
  return imageType === batch.EcsMachineImageType.ECS_AL2023_NVIDIA
    ? batch.EksMachineImageType.EKS_AL2023_NVIDIA
    : batch.EksMachineImageType.EKS_AL2023;
}

function checkVersion(scope: Construct, version: string | undefined): void {
  if (version === undefined || Token.isUnresolved(version) || isKubernetesVersion(version)) return;
  throw fail(
    scope,
    `'imageKubernetesVersion' must be a version such as '1.34', got ${JSON.stringify(version)}`,
    'compute-eks-kubernetes-version',
  );
}
