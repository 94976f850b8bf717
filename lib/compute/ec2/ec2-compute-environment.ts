import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ownTags } from '../../private/own-tags';
import { type ComputeOffer, type IComputeEnvironment, PlatformCapability } from '../compute-environment';
import { ComputeEnvironmentBase, importComputeEnvironment } from '../compute-environment-base';
import { Ec2Capacity } from './ec2-capacity';
import type { Ec2ComputeEnvironmentAttributes, Ec2ComputeEnvironmentProps } from './ec2-compute-environment-props';
import { ec2InstanceRole } from './ec2-instance-role';
import { identityOf } from '../identity';
import { instanceResourcesOf } from '../instance-resources';
import { InstanceSelection } from '../instances/instance-selection';
import { launchTemplateOf, refuseBesideOwn } from '../launch-template/launch-template-choice';
import { machineImageOf } from '../launch-template/machine-image';
import { placementOf } from '../placement';
import { setupScript } from '../launch-template/setup-script';
import { updatesOf } from '../updates';
import { mimeUserData } from '../launch-template/user-data';
import { allowInstances } from '../launch-template/volume-key';

/**
 * Defines a compute environment on EC2 instances. AWS Batch starts and stops them; none runs when no job waits.
 *
 * **Resources**: the compute environment, a launch template (session tokens for instance metadata, encrypted gp3 root
 * volume), an instance profile and, unless given, role and security group. Changes replace instances, never the compute
 * environment. AWS Batch acts by its service-linked role.
 *
 * **Cost when idle**: none.
 */
export class Ec2ComputeEnvironment extends ComputeEnvironmentBase implements ec2.IConnectable {
  /** Refers to a compute environment on EC2 that is defined elsewhere, by this or any other library. */
  public static fromEc2ComputeEnvironmentAttributes(
    scope: Construct,
    id: string,
    attrs: Ec2ComputeEnvironmentAttributes,
  ): IComputeEnvironment {
    return importComputeEnvironment(scope, id, {
      computeEnvironmentArn: attrs.computeEnvironmentArn,
      platformCapability: PlatformCapability.EC2,
      architecture: attrs.architecture ?? attrs.offer?.instances?.architecture,
      offer: attrs.offer,
    });
  }

  /** ARN of the compute environment. */
  public readonly computeEnvironmentArn: string;

  /** Jobs run on EC2. */
  public readonly platformCapability = PlatformCapability.EC2;

  /** Processor architecture of the instances, when it is known. */
  public readonly architecture?: ec2.InstanceArchitecture;

  /** What jobs can get here. */
  public readonly offer?: ComputeOffer;

  /** What the instances may talk to. */
  public readonly connections: ec2.Connections;

  /** Role of the instances. */
  public readonly instanceRole: iam.IRole;

  constructor(scope: Construct, id: string, props: Ec2ComputeEnvironmentProps) {
    super(scope, id);
    const capacity = props.capacity ?? Ec2Capacity.onDemand();
    const instances = props.instances ?? InstanceSelection.defaultX86();
    const image = machineImageOf(this, instances, props.imageType ?? instances.imageType, props.machineImage);
    const resources = instanceResourcesOf(this, props, instances, capacity);
    const updates = updatesOf(this, props, capacity);
    const placement = placementOf(this, this.platformCapability, props, zonesOf(props));
    const { securityGroups } = placement;
    this.connections = new ec2.Connections({ securityGroups });
    this.instanceRole = props.instanceRole ?? ec2InstanceRole(this);

    const { setup, userData, interconnect } = props;
    if (props.launchTemplate !== undefined) refuseBesideOwn(this, { setup, userData, interconnect });
    const target = { scope: this, connections: this.connections, role: this.instanceRole };
    const launchTemplate = launchTemplateOf(this, props, instances, () => ({
      userData: mimeUserData(this, setupScript(target, capacity.isSpot, setup), userData),
      networkInterfaces: interconnect?._bind(this, { vpc: props.vpc, instances, securityGroups }),
    }));
    const profile = new iam.InstanceProfile(this, 'InstanceProfile', { role: this.instanceRole });

    const resource = new batch.CfnComputeEnvironment(this, 'Resource', {
      type: 'MANAGED',
      ...identityOf(this, props),
      ...updates,
      ecsSettings: props.containerInsights && { containerInsights: props.containerInsights },
      computeResources: {
        ...resources,
        ec2Configuration: [image],
        instanceRole: profile.instanceProfileArn,
        launchTemplate,
        placementGroup: placementGroupOf(this, props)?.placementGroupName,
        subnets: placement.subnetIds,
        // AWS Batch refuses security groups beside network interfaces in the launch template, which have them.
        securityGroupIds: interconnect === undefined ? securityGroups.map((group) => group.securityGroupId) : undefined,
      },
    });
    ownTags(resource, props.tags);
    // Without its roles or its way out, a compute environment can neither start instances nor be deleted.
    resource.node.addDependency(this.instanceRole, placement.connectivity);
    if (props.serviceRole !== undefined) resource.node.addDependency(props.serviceRole);
    if (props.rootVolumeKey !== undefined) allowInstances(this, props.rootVolumeKey, capacity.isSpot);

    this.computeEnvironmentArn = resource.attrComputeEnvironmentArn;
    this.architecture = instances.architecture;
    this.offer = {
      maxvCpus: resources.maxvCpus,
      instances,
      spot: capacity.isSpot,
      isolatedSubnets: placement.isIsolated,
    };
  }
}

function zonesOf({ interconnect, placementGroup }: Ec2ComputeEnvironmentProps): 'one' | 'any' | 'many' {
  if (interconnect !== undefined) return 'one';
  return placementGroup === undefined ? 'many' : 'any';
}

/** An interconnect is of no use between instances that are far from each other. */
function placementGroupOf(scope: Construct, props: Ec2ComputeEnvironmentProps): ec2.IPlacementGroup | undefined {
  if (props.placementGroup !== undefined || props.interconnect === undefined) return props.placementGroup;
  return new ec2.PlacementGroup(scope, 'PlacementGroup', { strategy: ec2.PlacementGroupStrategy.CLUSTER });
}
