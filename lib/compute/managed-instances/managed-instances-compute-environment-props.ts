import type { Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { CapacityReservations } from './capacity-reservations';
import type { ComputeOffer } from '../compute-environment';
import type { EcsSettingsProps } from '../container-insights';
import type { InstanceSelection } from '../instances/instance-selection';
import type { ManagedComputeEnvironmentProps } from '../managed-compute-environment-props';
import type { ScaleIn } from './scale-in';

/** How the capacity of ECS Managed Instances is bought. */
export enum ManagedInstancesCapacity {
  /** At full price, never taken away. */
  ON_DEMAND = 'ON_DEMAND',
  /** Spare capacity, up to 90 % cheaper, that AWS takes back when it needs it: jobs must bear a retry. */
  SPOT = 'SPOT',
  /** Capacity that is reserved, see `capacityReservations`. */
  RESERVED = 'RESERVED',
}

/** How jobs run on Amazon ECS Managed Instances. Changes are made in place unless they say otherwise. */
export interface ManagedInstancesComputeEnvironmentProps extends ManagedComputeEnvironmentProps, EcsSettingsProps {
  /**
   * How capacity is bought. **Changing it replaces the compute environment.**
   *
   * @default ManagedInstancesCapacity.ON_DEMAND
   */
  readonly capacity?: ManagedInstancesCapacity;

  /**
   * Which instance types Amazon ECS may choose from: types and families, no groups such as `default_x86_64`.
   *
   * @default - any type, as Amazon ECS sees fit for the jobs; whether jobs fit is not checked
   */
  readonly instances?: InstanceSelection;

  /**
   * Capacity that is reserved and paid for already.
   *
   * @default - as EC2 does: open reservations that match are used
   */
  readonly capacityReservations?: CapacityReservations;

  /**
   * When an instance that no job needs is ended.
   *
   * @default - after a time that Amazon ECS chooses
   */
  readonly scaleIn?: ScaleIn;

  /**
   * Size of the volume of each instance, which holds the images and the files of all jobs on it.
   *
   * @default - a size that Amazon ECS chooses
   */
  readonly storageSize?: Size;

  /**
   * Whether containers may use the NVMe disks of the instance, which are fast and gone together with it.
   *
   * @default false
   */
  readonly localStorage?: boolean;

  /**
   * Whether instances use cryptographic modules that are validated by FIPS 140; not in all Regions. **Changing it replaces
   * the compute environment.**
   *
   * @default - as Amazon ECS does in the Region
   */
  readonly fipsEnabled?: boolean;

  /**
   * Metrics of the instances each minute instead of every five: about 2 USD a month for each instance
   * (https://aws.amazon.com/cloudwatch/pricing/).
   *
   * @default false
   */
  readonly detailedMonitoring?: boolean;

  /**
   * Tags of the capacity provider and the instances, for the bill. Who deploys them needs `batch:SetCapacityTags`
   * (https://docs.aws.amazon.com/batch/latest/userguide/capacity-tags-access-policy.html).
   *
   * @default - no tags
   */
  readonly capacityTags?: Record<string, string>;

  /**
   * Whether instances get the tags of their capacity provider.
   *
   * @default - true with `capacityTags`
   */
  readonly propagateTags?: boolean;

  /**
   * Whether containers can read the tags of their instance from its metadata.
   *
   * @default false
   */
  readonly instanceMetadataTags?: boolean;

  /**
   * Role by which Amazon ECS starts and ends instances; it must trust `ecs.amazonaws.com`. It is allowed to hand the role of
   * the instances on to them.
   *
   * @default - a new role with the AWS managed policy AmazonECSInfrastructureRolePolicyForManagedInstances
   */
  readonly infrastructureRole?: iam.IRole;

  /**
   * Role of the instances.
   *
   * It is what the ECS agent acts as, never what jobs act as. It must trust `ec2.amazonaws.com`.
   *
   * @default - a new role with the AWS managed policy AmazonECSInstanceRolePolicyForManagedInstances
   */
  readonly instanceRole?: iam.IRole;
}

/** What is known of a compute environment on ECS Managed Instances that is defined elsewhere. */
export interface ManagedInstancesComputeEnvironmentAttributes {
  /** ARN of the compute environment. */
  readonly computeEnvironmentArn: string;

  /**
   * Processor architecture of the instances.
   *
   * @default - that of the instances in `offer`, or not known: queues cannot check that their compute environments agree
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * What jobs can get there.
   *
   * @default - not known: jobs are not compared with it
   */
  readonly offer?: ComputeOffer;
}
