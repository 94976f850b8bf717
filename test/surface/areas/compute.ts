import { Duration, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ContainerInsights,
  Ec2Capacity,
  Ec2ComputeEnvironment,
  InstanceSelection,
  SpotAllocationStrategy,
} from '../../../lib';
import { importedVpc } from '../../support/stack';
import type { Area } from '../area';

const { C7I, C7G } = ec2.InstanceClass;

export const compute: Area = {
  name: 'EC2',
  define: (stack: Stack) => {
    const vpc = importedVpc(stack);
    const launchTemplate = (name: string): ec2.ILaunchTemplate =>
      ec2.LaunchTemplate.fromLaunchTemplateAttributes(stack, name, { launchTemplateName: name, versionNumber: '3' });
    new Ec2ComputeEnvironment(stack, 'Spot', {
      vpc,
      computeEnvironmentName: 'spot',
      enabled: false,
      serviceRole: iam.Role.fromRoleName(stack, 'ServiceRole', 'BatchService'),
      tags: { team: 'research' },
      capacity: Ec2Capacity.spot(SpotAllocationStrategy.SPOT_PRICE_CAPACITY_OPTIMIZED, { maxPricePercentage: 60 }),
      instances: InstanceSelection.families(C7I),
      minvCpus: 0,
      scaleDownDelay: Duration.minutes(30),
      instanceTags: { team: 'research' },
      keyPair: ec2.KeyPair.fromKeyPairName(stack, 'KeyPair', 'research'),
      placementGroup: ec2.PlacementGroup.fromPlacementGroupName(stack, 'Group', 'research'),
      machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-00000000000000001' }),
      updateToLatestImageVersion: false,
      updateTimeout: Duration.hours(1),
      terminateJobsOnUpdate: true,
      containerInsights: ContainerInsights.ENHANCED,
    });
    const byId = ec2.LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Own', {
      launchTemplateId: 'lt-00000000000000001',
      versionNumber: '3',
    });
    new Ec2ComputeEnvironment(stack, 'Templates', {
      vpc,
      instances: InstanceSelection.families(C7G),
      launchTemplate: launchTemplate('large'),
      launchTemplateOverrides: [
        { instances: InstanceSelection.named('c7g.16xlarge'), launchTemplate: launchTemplate('huge') },
        { instances: InstanceSelection.named('c7g.8xlarge'), launchTemplate: byId },
      ],
    });
  },
};
