import { CfnParameter, Size } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { describe, expect, test } from 'vitest';
import { Ec2Capacity, type RootVolumeProps } from '../../../lib';
import { newStack } from '../../support/stack';
import { isRecord, resourcesOf } from '../../support/template';
import { environment, environmentTemplate, hasLaunchTemplate } from '../compute-environment';

const hasVolume = (props: RootVolumeProps, ebs: object): void => {
  hasLaunchTemplate(
    environmentTemplate(() => props),
    {
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: Match.objectLike(ebs) }],
    },
  );
};

describe('the root volume', () => {
  test('is gp3 with what is in its price', () => {
    hasVolume({}, { VolumeType: 'gp3', VolumeSize: 100, Iops: Match.absent(), Throughput: Match.absent() });
  });

  test('is as fast as asked for', () => {
    const props = { rootVolumeIops: 8_000, rootVolumeThroughput: Size.gibibytes(1) };
    hasVolume({ ...props, rootVolumeSize: Size.tebibytes(1) }, { VolumeSize: 1024, Iops: 8_000, Throughput: 1024 });
  });

  test.each<[string, RootVolumeProps, string]>([
    [
      '29 GiB',
      { rootVolumeSize: Size.gibibytes(29) },
      `'rootVolumeSize' must be a whole number of GiB from 30 to 65536`,
    ],
    ['65 TiB', { rootVolumeSize: Size.tebibytes(65) }, 'got 66560'],
    [
      'few operations',
      { rootVolumeIops: 2_999 },
      `'rootVolumeIops' must be a whole number from 3000 to 80000, got 2999`,
    ],
    ['many operations', { rootVolumeIops: 80_001 }, 'got 80001'],
    [
      'more operations than it has room for',
      { rootVolumeIops: 15_001, rootVolumeSize: Size.gibibytes(30) },
      `'rootVolumeIops' must be at most 15000 for 30 GiB, got 15001`,
    ],
    [
      'slow',
      { rootVolumeThroughput: Size.mebibytes(124) },
      `'rootVolumeThroughput' must be a whole number of MiB from 125 to 2000, got 124`,
    ],
    [
      'faster than its operations',
      { rootVolumeThroughput: Size.mebibytes(1_000) },
      `'rootVolumeThroughput' of 1000 MiB needs more operations: 'rootVolumeIops' must be at least 4000, got 3000`,
    ],
  ])('refuses %s (compute-root-volume)', (_, props, message) => {
    const define = (): unknown => environment(newStack(), props);
    expect(define).toThrow(message);
    expect(define).toThrow('(in Stack/Environment) [cdk-batch-platform:compute-root-volume]');
  });

  test('may be known at deploy time only', () => {
    const template = environmentTemplate((stack) => {
      const of = (id: string): number => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
      return { rootVolumeSize: Size.gibibytes(of('Size')), rootVolumeIops: of('Iops') };
    });
    hasLaunchTemplate(template, {
      BlockDeviceMappings: [{ Ebs: Match.objectLike({ VolumeSize: { Ref: 'Size' }, Iops: { Ref: 'Iops' } }) }],
    });
  });
});

describe('a key for the root volume', () => {
  const keyPolicy = (capacity: Ec2Capacity): unknown => {
    const template = environmentTemplate((stack) => ({ capacity, rootVolumeKey: new kms.Key(stack, 'Key') }));
    hasLaunchTemplate(template, {
      BlockDeviceMappings: [{ Ebs: Match.objectLike({ KmsKeyId: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] } }) }],
    });
    const key = [...resourcesOf(template.toJSON()).values()].find(({ Type }) => Type === 'AWS::KMS::Key');
    const policy = key?.Properties.KeyPolicy;
    return isRecord(policy) ? policy.Statement : undefined;
  };
  const role = (name: string): unknown => ({
    'Fn::Join': ['', expect.arrayContaining([expect.stringContaining(`:role/aws-service-role/${name}`)])],
  });
  const ofAccount = { StringEquals: { 'kms:CallerAccount': { Ref: 'AWS::AccountId' } } };
  const autoScaling = role('autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling*');

  test('is one that EC2 Auto Scaling may use, and hand on to EBS only', () => {
    const statements = keyPolicy(Ec2Capacity.onDemand());
    expect(statements).toContainEqual(
      expect.objectContaining({
        Sid: 'InstanceVolumes',
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        Principal: { AWS: '*' },
        Condition: { ...ofAccount, ArnLike: { 'aws:PrincipalArn': [autoScaling] } },
      }),
    );
    expect(statements).toContainEqual(
      expect.objectContaining({
        Sid: 'InstanceVolumeGrants',
        Action: 'kms:CreateGrant',
        Condition: {
          ...ofAccount,
          ArnLike: { 'aws:PrincipalArn': [autoScaling] },
          Bool: { 'kms:GrantIsForAWSResource': 'true' },
        },
      }),
    );
  });

  test('is one that Spot may use as well, on Spot', () => {
    const principals = [autoScaling, role('spot.amazonaws.com/AWSServiceRoleForEC2Spot')];
    expect(keyPolicy(Ec2Capacity.spot())).toContainEqual(
      expect.objectContaining({
        Sid: 'InstanceVolumesOnSpot',
        Condition: { ...ofAccount, ArnLike: { 'aws:PrincipalArn': principals } },
      }),
    );
  });

  test('stays as it is when it is defined elsewhere', () => {
    const arn = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';
    const template = environmentTemplate((stack) => ({ rootVolumeKey: kms.Key.fromKeyArn(stack, 'Key', arn) }));
    template.resourceCountIs('AWS::KMS::Key', 0);
    hasLaunchTemplate(template, { BlockDeviceMappings: [{ Ebs: Match.objectLike({ KmsKeyId: arn }) }] });
  });
});
