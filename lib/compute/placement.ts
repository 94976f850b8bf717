import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct, IDependable } from 'constructs';
import { ComputeSecurityGroup } from '../network/compute-security-group';
import { fail } from '../private/check';
import type { ManagedComputeEnvironmentProps } from './managed-compute-environment-props';

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html */
const MAX_SECURITY_GROUPS = 5;

/** Where on the network a compute environment is. */
export interface Placement {
  readonly subnetIds: string[];
  readonly securityGroups: ec2.ISecurityGroup[];
  /** The routes that instances need to join, and to leave in good order. */
  readonly connectivity: IDependable;
}

/** Decides where on the network a compute environment is. */
export function placementOf(scope: Construct, props: ManagedComputeEnvironmentProps): Placement {
  if (props.vpcSubnets === undefined && props.vpc.privateSubnets.length === 0) {
    throw fail(
      scope,
      `'vpc' must have private subnets with a way out, ${props.vpc.node.path} has none: add some, or choose other ` +
        `subnets by the 'vpcSubnets' of a compute environment`,
    );
  }
  const subnets = props.vpc.selectSubnets(props.vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS });
  if (!Token.isUnresolved(subnets.subnetIds) && subnets.subnetIds.length === 0) {
    throw fail(scope, `'vpcSubnets' selects no subnet of ${props.vpc.node.path}: select at least one`);
  }

  const securityGroups = props.securityGroups ?? [new ComputeSecurityGroup(scope, 'SecurityGroup', { vpc: props.vpc })];
  if (securityGroups.length === 0 || securityGroups.length > MAX_SECURITY_GROUPS) {
    const given = `got ${securityGroups.length}`;
    throw fail(scope, `'securityGroups' must hold 1 to ${MAX_SECURITY_GROUPS}, or be left out for a new one, ${given}`);
  }
  return { subnetIds: subnets.subnetIds, securityGroups, connectivity: subnets.internetConnectivityEstablished };
}
