import { Match } from 'aws-cdk-lib/assertions';
import { EcsMachineImageType } from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { type Ec2ComputeEnvironmentProps, InstanceSelection } from '../../../lib';
import { newStack } from '../../support/stack';
import { environment, environmentTemplate, hasComputeResources } from '../compute-environment';

const { ECS_AL2, ECS_AL2_NVIDIA, ECS_AL2023, ECS_AL2023_NVIDIA } = EcsMachineImageType;
const machineImage = ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' });

describe('the image of instances', () => {
  test.each<[string, Partial<Ec2ComputeEnvironmentProps>, EcsMachineImageType]>([
    ['on Amazon Linux 2023', {}, ECS_AL2023],
    ['with the driver of NVIDIA for GPUs', { instances: InstanceSelection.gpu() }, ECS_AL2023_NVIDIA],
    ['of the type that is asked for', { imageType: ECS_AL2023_NVIDIA }, ECS_AL2023_NVIDIA],
  ])('is %s, and is renewed whenever instances are', (_, props, ImageType) => {
    hasComputeResources(
      environmentTemplate(() => props),
      {
        Ec2Configuration: [{ ImageType }],
        UpdateToLatestImageVersion: true,
        ImageId: Match.absent(),
      },
    );
  });

  test('is renewed only by hand when asked for', () => {
    const template = environmentTemplate(() => ({ updateToLatestImageVersion: false }));
    hasComputeResources(template, { UpdateToLatestImageVersion: false });
  });

  test('may be one of your own, also on Amazon Linux 2', () => {
    const stack = newStack({ env: { account: '123456789012', region: 'us-east-1' } });
    environment(stack, { machineImage, imageType: ECS_AL2 });
    hasComputeResources(
      environmentTemplate(() => ({
        machineImage: ec2.MachineImage.fromSsmParameter('/images/own'),
        imageType: ECS_AL2,
      })),
      {
        Ec2Configuration: [{ ImageType: 'ECS_AL2', ImageIdOverride: { Ref: Match.stringLikeRegexp('imagesown') } }],
      },
    );
  });

  test.each([ECS_AL2, ECS_AL2_NVIDIA])('refuses %s, which is past its end (compute-image-type)', (imageType) => {
    const instances = imageType === ECS_AL2 ? InstanceSelection.defaultX86() : InstanceSelection.gpu();
    expect(() => environment(newStack(), { imageType, instances })).toThrow(
      `'imageType' must be on Amazon Linux 2023, as AWS Batch ended ${imageType} on 30 June 2026: leave it out, or give a ` +
        "'machineImage' of your own (in Stack/Environment) [cdk-batch-platform:compute-image-type]",
    );
  });

  test('refuses GPUs without the driver of NVIDIA (compute-gpu-image)', () => {
    const props = { instances: InstanceSelection.gpu(), imageType: ECS_AL2023 };
    expect(() => environment(newStack(), props)).toThrow('[cdk-batch-platform:compute-gpu-image]');
  });
});
