import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { InstanceSelection, Interconnect } from '../../../lib';
import { newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';
import { environment, environmentTemplate, hasComputeResources, hasLaunchTemplate } from '../compute-environment';

const instances = InstanceSelection.named('hpc7a');

describe('an interconnect of Elastic Fabric Adapters', () => {
  const template = environmentTemplate(() => ({ instances, interconnect: Interconnect.efa() }));
  const group = (id: string): unknown => ({ 'Fn::GetAtt': [Match.stringLikeRegexp(id), 'GroupId'] });

  test('gives instances an adapter, with the security groups of the compute environment and one more', () => {
    hasLaunchTemplate(template, {
      NetworkInterfaces: [
        {
          InterfaceType: 'efa',
          DeviceIndex: 0,
          NetworkCardIndex: 0,
          DeleteOnTermination: true,
          Groups: [group('^EnvironmentSecurityGroup'), group('^EnvironmentInterconnectSecurityGroup')],
        },
      ],
    });
  });

  test('leaves the security groups to the launch template, as AWS Batch takes one of both only', () => {
    hasComputeResources(template, { SecurityGroupIds: Match.absent() });
  });

  test('lets instances talk to each other, and to nobody else', () => {
    for (const [type, peer] of [
      ['AWS::EC2::SecurityGroupIngress', 'SourceSecurityGroupId'],
      ['AWS::EC2::SecurityGroupEgress', 'DestinationSecurityGroupId'],
    ]) {
      template.resourceCountIs(type, 1);
      template.hasResourceProperties(type, {
        IpProtocol: '-1',
        GroupId: group('InterconnectSecurityGroup'),
        [peer]: group('InterconnectSecurityGroup'),
      });
    }
  });

  test('keeps them close to each other, in one zone', () => {
    template.hasResourceProperties('AWS::EC2::PlacementGroup', { Strategy: 'cluster' });
    hasComputeResources(template, {
      PlacementGroup: { 'Fn::GetAtt': [Match.stringLikeRegexp('^EnvironmentPlacementGroup'), 'GroupName'] },
      Subnets: ['subnet-00000000000000001'],
    });
  });

  test('takes the placement group and the subnets of the user', () => {
    const own = environmentTemplate((stack) => ({
      instances,
      interconnect: Interconnect.efa(),
      placementGroup: ec2.PlacementGroup.fromPlacementGroupName(stack, 'Group', 'own'),
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    }));
    own.resourceCountIs('AWS::EC2::PlacementGroup', 0);
    hasComputeResources(own, { PlacementGroup: 'own', Subnets: [Match.anyValue(), Match.anyValue()] });
  });

  test('is on each network card when there are several', () => {
    const many = environmentTemplate(() => ({
      instances: InstanceSelection.named('p5.48xlarge'),
      interconnect: Interconnect.efa({ networkCards: 3 }),
    }));
    hasLaunchTemplate(many, {
      NetworkInterfaces: [
        Match.objectLike({ NetworkCardIndex: 0, DeviceIndex: 0 }),
        Match.objectLike({ NetworkCardIndex: 1, DeviceIndex: 1 }),
        Match.objectLike({ NetworkCardIndex: 2, DeviceIndex: 1 }),
      ],
    });
  });

  test('warns of nothing, as one zone is what it needs', () => {
    const stack = newStack();
    environment(stack, { instances, interconnect: Interconnect.efa() });
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, InstanceSelection, string]>([
    [
      'a family of which only the largest have one',
      InstanceSelection.families(ec2.InstanceClass.C5N),
      `c5n.large of c5n has none: name those that have: c5n.9xlarge, c5n.18xlarge, c5n.metal`,
    ],
    ['a type without', InstanceSelection.named('c7i.large'), 'c7i.large has none: choose another family'],
    ['a group of families', InstanceSelection.defaultX86(), 'm6i.large of default_x86_64 has none'],
  ])('refuses %s (compute-efa)', (_, selection, message) => {
    const define = (): unknown => environment(newStack(), { instances: selection, interconnect: Interconnect.efa() });
    expect(define).toThrow(message);
    expect(define).toThrow('(in Stack/Environment) [cdk-batch-platform:compute-efa]');
  });

  test('may be on types that are not known yet', () => {
    const unknown = InstanceSelection.named('hpc9z');
    expect(() => environment(newStack(), { instances: unknown, interconnect: Interconnect.efa() })).not.toThrow();
  });
});

test('without one, instances have the network interface that AWS Batch gives them', () => {
  const template = environmentTemplate(() => ({}));
  hasLaunchTemplate(template, { NetworkInterfaces: Match.absent() });
  template.resourceCountIs('AWS::EC2::PlacementGroup', 0);
});
