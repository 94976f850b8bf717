import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ownTags } from '../../private/own-tags';
import { type ComputeOffer, type IComputeEnvironment, PlatformCapability } from '../compute-environment';
import { ComputeEnvironmentBase, importComputeEnvironment } from '../compute-environment-base';
import { identityOf } from '../identity';
import { checkInstances } from '../instances/instance-check';
import {
  type ManagedInstancesComputeEnvironmentAttributes,
  type ManagedInstancesComputeEnvironmentProps,
  ManagedInstancesCapacity,
} from './managed-instances-compute-environment-props';
import { managedInstancesProvider } from './managed-instances-provider';
import { grantPassRole, infrastructureRole, managedInstanceRole } from './managed-instances-roles';
import { placementOf } from '../placement';
import { checkVcpus, DEFAULT_MAX_VCPUS } from '../vcpus';

/**
 * Defines a compute environment on Amazon ECS Managed Instances: EC2 instances, also with GPUs, that Amazon ECS chooses for
 * the jobs, shares among them, patches and replaces. No launch template, image or user data to care for; no multi-node jobs.
 *
 * `maxvCpus` counts what running jobs asked for: the instances under them may have more.
 *
 * **Resources**: the compute environment, an instance profile and, unless given, the role of the instances, that of Amazon
 * ECS, and a security group.
 *
 * **Cost when idle**: none. Amazon ECS adds a fee to the price of each instance
 * (https://aws.amazon.com/ecs/managed-instances/pricing/).
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/ecs-managed-instances-compute-environments.html
 */
export class ManagedInstancesComputeEnvironment extends ComputeEnvironmentBase implements ec2.IConnectable {
  /** Refers to a compute environment on ECS Managed Instances that is defined elsewhere, by this or any other library. */
  public static fromManagedInstancesComputeEnvironmentAttributes(
    scope: Construct,
    id: string,
    attrs: ManagedInstancesComputeEnvironmentAttributes,
  ): IComputeEnvironment {
    return importComputeEnvironment(scope, id, {
      computeEnvironmentArn: attrs.computeEnvironmentArn,
      platformCapability: PlatformCapability.MANAGED_INSTANCES,
      architecture: attrs.architecture ?? attrs.offer?.instances?.architecture,
      offer: attrs.offer,
    });
  }

  /** ARN of the compute environment. */
  public readonly computeEnvironmentArn: string;

  /** Jobs run on ECS Managed Instances. */
  public readonly platformCapability = PlatformCapability.MANAGED_INSTANCES;

  /** Processor architecture of the instances, when they are restricted. */
  public readonly architecture?: ec2.InstanceArchitecture;

  /** What jobs can get here. */
  public readonly offer?: ComputeOffer;

  /** What the instances may talk to. */
  public readonly connections: ec2.Connections;

  /** Role of the instances. */
  public readonly instanceRole: iam.IRole;

  /** Role by which Amazon ECS starts and ends instances. */
  public readonly infrastructureRole: iam.IRole;

  constructor(scope: Construct, id: string, props: ManagedInstancesComputeEnvironmentProps) {
    super(scope, id);
    const { instances, capacity, containerInsights } = props;
    const maxvCpus = props.maxvCpus ?? DEFAULT_MAX_VCPUS;
    checkVcpus(this, maxvCpus);
    // Amazon ECS has images for all that it offers.
    if (instances !== undefined) checkInstances(this, instances, { isOwn: true });
    const { subnetIds, securityGroups, connectivity, isIsolated } = placementOf(this, this.platformCapability, props);

    this.instanceRole = props.instanceRole ?? managedInstanceRole(this);
    this.infrastructureRole = props.infrastructureRole ?? infrastructureRole(this);
    grantPassRole(this.infrastructureRole, this.instanceRole);
    const { instanceProfileArn } = new iam.InstanceProfile(this, 'InstanceProfile', { role: this.instanceRole });
    const { roleArn: infrastructureRoleArn } = this.infrastructureRole;

    // Neither an update policy nor ReplaceComputeEnvironment: both are for instances that AWS Batch itself starts.
    const resource = new batch.CfnComputeEnvironment(this, 'Resource', {
      type: 'MANAGED',
      ...identityOf(this, props),
      ecsSettings: containerInsights && { containerInsights },
      computeResources: {
        type: 'ECS_MANAGED_INSTANCES',
        maxvCpus,
        capacityTags: props.capacityTags,
        managedInstancesProvider: managedInstancesProvider(this, props, {
          infrastructureRoleArn,
          instanceProfileArn,
          subnetIds,
          securityGroups,
        }),
      },
    });
    ownTags(resource, props.tags);
    // Without its roles, their policies or its way out, a compute environment can neither start instances nor be deleted.
    resource.node.addDependency(this.instanceRole, this.infrastructureRole, connectivity);
    if (props.serviceRole !== undefined) resource.node.addDependency(props.serviceRole);

    this.computeEnvironmentArn = resource.attrComputeEnvironmentArn;
    this.architecture = instances?.architecture;
    this.offer = { maxvCpus, instances, spot: capacity === ManagedInstancesCapacity.SPOT, isolatedSubnets: isIsolated };
    this.connections = new ec2.Connections({ securityGroups });
  }
}
