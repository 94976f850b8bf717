import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { fail } from '../../private/check';
import { isGroup } from '../../contracts/instances/known-instances';
import type { InstanceSelection } from '../instances/instance-selection';
import {
  ManagedInstancesCapacity,
  type ManagedInstancesComputeEnvironmentProps,
} from './managed-instances-compute-environment-props';

type Provider = batch.CfnComputeEnvironment.ManagedInstancesProviderProperty;
type InstanceLaunchTemplate = batch.CfnComputeEnvironment.InstanceLaunchTemplateProperty;

/** What a provider of managed instances refers to. @internal */
export interface ProviderResources {
  readonly infrastructureRoleArn: string;
  readonly instanceProfileArn: string;
  readonly subnetIds: string[];
  readonly securityGroups: readonly ec2.ISecurityGroup[];
}

/** How Amazon ECS starts and ends managed instances. @internal */
export function managedInstancesProvider(
  scope: IConstruct,
  props: ManagedInstancesComputeEnvironmentProps,
  resources: ProviderResources,
): Provider {
  const { capacityTags, propagateTags = capacityTags && true, scaleIn } = props;
  return {
    infrastructureRoleArn: resources.infrastructureRoleArn,
    propagateTags: propagateTags === undefined ? undefined : propagateTags ? 'CAPACITY_PROVIDER' : 'NONE',
    infrastructureOptimization: scaleIn && { scaleInAfter: scaleIn._seconds(scope) },
    instanceLaunchTemplate: instanceLaunchTemplate(scope, props, resources),
  };
}

function instanceLaunchTemplate(
  scope: IConstruct,
  props: ManagedInstancesComputeEnvironmentProps,
  resources: ProviderResources,
): InstanceLaunchTemplate {
  const { capacityReservations, storageSize, localStorage, detailedMonitoring } = props;
  return {
    ec2InstanceProfileArn: resources.instanceProfileArn,
    networkConfiguration: {
      subnets: resources.subnetIds,
      securityGroups: resources.securityGroups.map((group) => group.securityGroupId),
    },
    instanceRequirements: props.instances && { allowedInstanceTypes: allowedTypes(scope, props.instances) },
    // A change of it replaces the compute environment, so it is not left to a default.
    capacityOptionType: props.capacity ?? ManagedInstancesCapacity.ON_DEMAND,
    capacityReservations: capacityReservations && {
      reservationPreference: capacityReservations.preference,
      reservationGroupArn: capacityReservations.group?.groupRef.groupArn,
    },
    storageConfiguration: storageSize && { storageSizeGiB: storageSize.toGibibytes() },
    localStorageConfiguration: localStorage === undefined ? undefined : { useLocalStorage: localStorage },
    fipsEnabled: props.fipsEnabled,
    monitoring: detailedMonitoring === undefined ? undefined : detailedMonitoring ? 'DETAILED' : 'BASIC',
    instanceMetadataTagsPropagation: props.instanceMetadataTags,
  };
}

function allowedTypes(scope: IConstruct, instances: InstanceSelection): string[] {
  const group = instances._names().find(isGroup);
  if (group === undefined) return instances.instanceTypes;
  const hint = 'name types or families, or leave it out for any type';
  const message = `'instances' of ECS Managed Instances must not be a group of families, got '${group}': ${hint}`;
  throw fail(scope, message, 'compute-managed-instance-types');
}
