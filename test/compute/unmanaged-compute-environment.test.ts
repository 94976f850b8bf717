import { CfnParameter } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { ContainerInsights, InstanceSelection, PlatformCapability, UnmanagedComputeEnvironment } from '../../lib';
import { newStack, templateOf } from '../support/stack';

describe('an unmanaged compute environment', () => {
  const template = templateOf((stack) => new UnmanagedComputeEnvironment(stack, 'Environment'));

  test('has no capacity of its own', () => {
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      Type: 'UNMANAGED',
      State: 'ENABLED',
      UnmanagedvCpus: Match.absent(),
      ComputeResources: Match.absent(),
      ServiceRole: { 'Fn::GetAtt': [Match.stringLikeRegexp('^EnvironmentServiceRole'), 'Arn'] },
    });
  });

  test('has a service role that AWS Batch takes on for this account only', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'batch.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': [Match.anyValue(), Match.anyValue()] },
            },
          }),
        ],
      },
      ManagedPolicyArns: [{ 'Fn::Join': ['', Match.arrayWith([':iam::aws:policy/service-role/AWSBatchServiceRole'])] }],
    });
  });

  test('tells a fair-share policy how much there is', () => {
    templateOf((stack) => {
      new UnmanagedComputeEnvironment(stack, 'Environment', {
        unmanagedvCpus: 128,
        containerInsights: ContainerInsights.ENABLED,
        enabled: false,
      });
    }).hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      UnmanagedvCpus: 128,
      State: 'DISABLED',
      EcsSettings: { ContainerInsights: 'ENABLED' },
    });
  });

  test.each([-1, 0.5])('refuses %d vCPUs (compute-vcpus)', (unmanagedvCpus) => {
    expect(() => new UnmanagedComputeEnvironment(newStack(), 'Environment', { unmanagedvCpus })).toThrow(
      '[cdk-batch-platform:compute-vcpus]',
    );
  });

  test('takes what is known at deploy time only, and a role of the user', () => {
    const stack = newStack();
    const unmanagedvCpus = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
    const serviceRole = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('batch.amazonaws.com') });
    const own = new UnmanagedComputeEnvironment(stack, 'Environment', { unmanagedvCpus, serviceRole });
    expect(own.serviceRole).toBe(serviceRole);
    expect(own.node.tryFindChild('ServiceRole')).toBeUndefined();
  });

  test('offers what it is told', () => {
    const offer = { maxvCpus: 96, instances: InstanceSelection.families(ec2.InstanceClass.C7G) };
    const stack = newStack();
    const own = new UnmanagedComputeEnvironment(stack, 'Environment', { offer });
    const imported = UnmanagedComputeEnvironment.fromUnmanagedComputeEnvironmentAttributes(stack, 'Other', {
      computeEnvironmentArn: 'arn:aws:batch:eu-west-1:123456789012:compute-environment/other',
      offer,
    });
    for (const one of [own, imported]) {
      expect(one.platformCapability).toBe(PlatformCapability.EC2);
      expect(one.architecture).toBe(ec2.InstanceArchitecture.ARM_64);
      expect(one.offer).toBe(offer);
    }
  });
});
