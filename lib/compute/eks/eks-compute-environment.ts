import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ownTags } from '../../private/own-tags';
import { type ComputeOffer, type IComputeEnvironment, PlatformCapability } from '../compute-environment';
import { ComputeEnvironmentBase, importComputeEnvironment } from '../compute-environment-base';
import { Ec2Capacity } from '../ec2/ec2-capacity';
import { securityGroupsOf } from './eks-cluster';
import type { EksComputeEnvironmentAttributes, EksComputeEnvironmentProps } from './eks-compute-environment-props';
import { eksImageOf, userDataTypeOf } from './eks-image';
import { checkNamespace } from './eks-names';
import { letNodesIn, nodeRole } from './eks-node-role';
import { checkStrategy } from './eks-strategy';
import { identityOf } from '../identity';
import { instanceResourcesOf } from '../instance-resources';
import { InstanceSelection } from '../instances/instance-selection';
import { launchTemplateOf, refuseBesideOwn } from '../launch-template/launch-template-choice';
import { placementOf } from '../placement';
import { updatesOf } from '../updates';
import { mimeUserData } from '../launch-template/user-data';
import { allowInstances } from '../launch-template/volume-key';

/**
 * Defines a compute environment on Amazon EKS: AWS Batch adds instances to a cluster for the pods of its jobs, and takes
 * them away again; none runs when no job waits. Other pods of the cluster do not get there.
 *
 * **Resources**: the compute environment, a launch template (session tokens for instance metadata that pods on a network
 * of their own cannot reach, encrypted gp3 root volume), an instance profile and, unless given, the role of the nodes with
 * an access entry of the cluster. The namespace, and the role bindings that AWS Batch needs in it, are up to the cluster.
 *
 * Changes replace instances, never the compute environment, but for another cluster or namespace.
 *
 * **Cost when idle**: none beside the cluster.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/getting-started-eks.html
 */
export class EksComputeEnvironment extends ComputeEnvironmentBase implements ec2.IConnectable {
  /** Refers to a compute environment on Amazon EKS that is defined elsewhere, by this or any other library. */
  public static fromEksComputeEnvironmentAttributes(
    scope: Construct,
    id: string,
    attrs: EksComputeEnvironmentAttributes,
  ): IComputeEnvironment {
    return importComputeEnvironment(scope, id, {
      computeEnvironmentArn: attrs.computeEnvironmentArn,
      platformCapability: PlatformCapability.EKS,
      architecture: attrs.architecture ?? attrs.offer?.instances?.architecture,
      offer: attrs.offer,
    });
  }

  /** ARN of the compute environment. */
  public readonly computeEnvironmentArn: string;

  /** Jobs run as pods of Amazon EKS. */
  public readonly platformCapability = PlatformCapability.EKS;

  /** Processor architecture of the instances, when it is known. */
  public readonly architecture?: ec2.InstanceArchitecture;

  /** What jobs can get here. */
  public readonly offer?: ComputeOffer;

  /** What the instances may talk to. The security groups are those of the cluster, unless others were given. */
  public readonly connections: ec2.Connections;

  /** Role of the instances. */
  public readonly nodeRole: iam.IRole;

  constructor(scope: Construct, id: string, props: EksComputeEnvironmentProps) {
    super(scope, id);
    const { cluster, kubernetesNamespace, userData } = props;
    const capacity = props.capacity ?? Ec2Capacity.onDemand();
    const instances = props.instances ?? InstanceSelection.defaultX86();
    checkNamespace(this, `'kubernetesNamespace'`, kubernetesNamespace, 'compute-eks-namespace');
    checkStrategy(this, capacity);
    const image = eksImageOf(this, props, instances);
    const resources = instanceResourcesOf(this, props, instances, capacity);
    const updates = updatesOf(this, props, capacity);
    const placement = placementOf(
      this,
      this.platformCapability,
      { ...props, securityGroups: props.securityGroups ?? securityGroupsOf(this, cluster) },
      props.placementGroup === undefined ? 'many' : 'any',
    );
    const { securityGroups } = placement;

    if (props.launchTemplate !== undefined) refuseBesideOwn(this, { userData });
    const { overrides, ...launchTemplate } = launchTemplateOf(this, props, instances, () => ({
      userData: userData && mimeUserData(this, undefined, userData),
    }));
    const userdataType = userDataTypeOf(image.imageType);
    this.nodeRole = props.nodeRole ?? nodeRole(this);
    const profile = new iam.InstanceProfile(this, 'InstanceProfile', { role: this.nodeRole });

    const resource = new batch.CfnComputeEnvironment(this, 'Resource', {
      type: 'MANAGED',
      ...identityOf(this, props),
      ...updates,
      eksConfiguration: {
        eksClusterArn: cluster.clusterRef.clusterArn,
        kubernetesNamespace,
        accessEntry: props.accessEntry && { desiredState: props.accessEntry },
      },
      computeResources: {
        ...resources,
        ec2Configuration: [image],
        instanceRole: profile.instanceProfileArn,
        launchTemplate: {
          ...launchTemplate,
          userdataType,
          overrides: overrides?.map((override) => ({ ...override, userdataType })),
        },
        placementGroup: props.placementGroup?.placementGroupName,
        subnets: placement.subnetIds,
        securityGroupIds: securityGroups.map((group) => group.securityGroupId),
      },
    });
    ownTags(resource, props.tags);
    // Without its roles or its way out, a compute environment can neither start instances nor be deleted.
    resource.node.addDependency(this.nodeRole, placement.connectivity);
    if (props.nodeRole === undefined) resource.node.addDependency(letNodesIn(this, cluster, this.nodeRole));
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
    this.connections = new ec2.Connections({ securityGroups });
  }
}
