import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { fail } from '../private/check';
import { ownTags } from '../private/own-tags';
import { type ComputeOffer, type IComputeEnvironment, PlatformCapability } from './compute-environment';
import { ComputeEnvironmentBase, importComputeEnvironment } from './compute-environment-base';
import type { ManagedComputeEnvironmentProps } from './managed-compute-environment-props';
import { placementOf } from './placement';
import { checkVcpus, DEFAULT_MAX_VCPUS } from './vcpus';

/** How Fargate capacity is bought. */
export enum FargateCapacity {
  /** At full price, never taken away. */
  ON_DEMAND = 'FARGATE',
  /** Spare capacity, up to 70 % cheaper, that AWS takes back when it needs it: jobs must bear a retry. */
  SPOT = 'FARGATE_SPOT',
}

/** How jobs run on AWS Fargate. */
export interface FargateComputeEnvironmentProps extends ManagedComputeEnvironmentProps {
  /**
   * How capacity is bought.
   *
   * @default FargateCapacity.ON_DEMAND
   */
  readonly capacity?: FargateCapacity;
}

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html */
const MAX_SUBNETS = 16;

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
    return importComputeEnvironment(scope, id, {
      computeEnvironmentArn,
      platformCapability: PlatformCapability.FARGATE,
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
    const maxvCpus = props.maxvCpus ?? DEFAULT_MAX_VCPUS;
    checkVcpus(this, maxvCpus);
    const { subnetIds, securityGroups, connectivity } = placementOf(this, props);
    if (subnetIds.length > MAX_SUBNETS) {
      throw fail(this, `'vpcSubnets' must select at most ${MAX_SUBNETS} subnets on Fargate, got ${subnetIds.length}`);
    }

    // Neither an update policy nor ReplaceComputeEnvironment: AWS Batch refuses any update on Fargate that has them.
    const resource = new batch.CfnComputeEnvironment(this, 'Resource', {
      type: 'MANAGED',
      state: 'ENABLED',
      computeResources: {
        type: props.capacity ?? FargateCapacity.ON_DEMAND,
        maxvCpus,
        subnets: subnetIds,
        securityGroupIds: securityGroups.map((group) => group.securityGroupId),
      },
    });
    ownTags(resource);
    resource.node.addDependency(connectivity);

    this.computeEnvironmentArn = resource.attrComputeEnvironmentArn;
    this.offer = { maxvCpus, spot: props.capacity === FargateCapacity.SPOT };
    this.connections = new ec2.Connections({ securityGroups });
  }
}
