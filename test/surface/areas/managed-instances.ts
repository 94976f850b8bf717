import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnGroup } from 'aws-cdk-lib/aws-resourcegroups';
import {
  CapacityReservations,
  ContainerInsights,
  InstanceSelection,
  ManagedInstancesCapacity,
  ManagedInstancesComputeEnvironment,
  ScaleIn,
} from '../../../lib';
import { importedVpc } from '../../support/stack';
import type { Area } from '../area';

const group = 'arn:aws:resource-groups:us-east-1:111111111111:group/reserved';

export const managedInstances: Area = {
  name: 'ECS Managed Instances',
  define: (stack) => {
    new ManagedInstancesComputeEnvironment(stack, 'Compute', {
      vpc: importedVpc(stack),
      capacity: ManagedInstancesCapacity.RESERVED,
      instances: InstanceSelection.families(ec2.InstanceClass.M7I),
      capacityReservations: CapacityReservations.only(CfnGroup.fromGroupArn(stack, 'Group', group)),
      scaleIn: ScaleIn.never(),
      storageSize: Size.gibibytes(200),
      localStorage: true,
      fipsEnabled: true,
      detailedMonitoring: true,
      capacityTags: { team: 'research' },
      propagateTags: true,
      instanceMetadataTags: true,
      containerInsights: ContainerInsights.ENABLED,
    });
  },
};
