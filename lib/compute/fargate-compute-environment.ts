import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { ownTags } from '../private/own-tags';
import { type ComputeOffer, type IComputeEnvironment, PlatformCapability } from './compute-environment';
import { ComputeEnvironmentBase, importComputeEnvironment } from './compute-environment-base';
import {
  FargateCapacity,
  type FargateComputeEnvironmentAttributes,
  type FargateComputeEnvironmentProps,
} from './fargate-compute-environment-props';
import { identityOf } from './identity';
import { placementOf } from './placement';
import { checkVcpus, DEFAULT_MAX_VCPUS } from './vcpus';

/**
 * Defines a compute environment on AWS Fargate: jobs without instances, usually started within a minute, paid by the second.
 *
 * **Cost when idle**: none.
 */
export class FargateComputeEnvironment extends ComputeEnvironmentBase implements ec2.IConnectable {
  /** Refers to a compute environment on Fargate that is defined elsewhere, by this or any other library. */
  public static fromFargateComputeEnvironmentArn(
    scope: Construct,
    id: string,
    computeEnvironmentArn: string,
  ): IComputeEnvironment {
    return FargateComputeEnvironment.fromFargateComputeEnvironmentAttributes(scope, id, { computeEnvironmentArn });
  }

  /** Refers to a compute environment on Fargate that is defined elsewhere, and says what jobs can get there. */
  public static fromFargateComputeEnvironmentAttributes(
    scope: Construct,
    id: string,
    attrs: FargateComputeEnvironmentAttributes,
  ): IComputeEnvironment {
    return importComputeEnvironment(scope, id, {
      computeEnvironmentArn: attrs.computeEnvironmentArn,
      platformCapability: PlatformCapability.FARGATE,
      offer: attrs.offer,
    });
  }

  /** ARN of the compute environment. */
  public readonly computeEnvironmentArn: string;

  /** Jobs run on Fargate. */
  public readonly platformCapability = PlatformCapability.FARGATE;

  /** Not known here: each job says which processor architecture it wants. */
  public readonly architecture?: ec2.InstanceArchitecture;

  /** What jobs can get here. */
  public readonly offer?: ComputeOffer;

  /** What the jobs may talk to. */
  public readonly connections: ec2.Connections;

  constructor(scope: Construct, id: string, props: FargateComputeEnvironmentProps) {
    super(scope, id);
    const capacity = props.capacity ?? FargateCapacity.ON_DEMAND;
    const maxvCpus = props.maxvCpus ?? DEFAULT_MAX_VCPUS;
    checkVcpus(this, maxvCpus);
    const placement = placementOf(this, this.platformCapability, props);
    const { subnetIds, securityGroups, connectivity, isPublic: publicSubnets, isIsolated: isolatedSubnets } = placement;

    // Neither an update policy nor ReplaceComputeEnvironment: AWS Batch refuses any update on Fargate that has them.
    const resource = new batch.CfnComputeEnvironment(this, 'Resource', {
      type: 'MANAGED',
      ...identityOf(this, props),
      ecsSettings: props.containerInsights && { containerInsights: props.containerInsights },
      computeResources: {
        type: capacity,
        maxvCpus,
        subnets: subnetIds,
        securityGroupIds: securityGroups.map((group) => group.securityGroupId),
      },
    });
    ownTags(resource, props.tags);
    resource.node.addDependency(connectivity);
    if (props.serviceRole !== undefined) resource.node.addDependency(props.serviceRole);

    this.computeEnvironmentArn = resource.attrComputeEnvironmentArn;
    this.offer = { maxvCpus, spot: capacity === FargateCapacity.SPOT, publicSubnets, isolatedSubnets };
    this.connections = new ec2.Connections({ securityGroups });
  }
}
