import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct, IDependable } from 'constructs';
import { ComputeSecurityGroup } from '../network/compute-security-group';
import { fail } from '../private/check';
import { warnOfSingleZone } from './availability-zones';
import { warnOfMissingEndpoints } from './endpoint-check';
import type { ManagedComputeEnvironmentProps } from './managed-compute-environment-props';

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html */
const MAX_SECURITY_GROUPS = 5;

/** Where on the network a compute environment is. @internal */
export interface Placement {
  readonly subnetIds: string[];
  readonly securityGroups: ec2.ISecurityGroup[];
  /** The routes that instances need to join, and to leave in good order. */
  readonly connectivity: IDependable;
}

/** What a kind of compute environment asks of the network. @internal */
export interface PlacementNeeds {
  /** Endpoints without which nothing starts in isolated subnets. */
  readonly endpoints?: readonly ec2.InterfaceVpcEndpointAwsService[];
  /** Availability zones that are wanted: one where instances have to be close to each other, otherwise many. */
  readonly zones?: 'one' | 'any' | 'many';
  /** Most subnets. */
  readonly maxSubnets?: number;
}

/** Decides where on the network a compute environment is. @internal */
export function placementOf(
  scope: Construct,
  props: ManagedComputeEnvironmentProps,
  needs: PlacementNeeds = {},
): Placement {
  const selection = selectSubnets(scope, props);
  const { zones = 'many' } = needs;
  const isKnown = !Token.isUnresolved(selection.subnetIds);
  const isOne = zones === 'one' && props.vpcSubnets === undefined && isKnown;
  const subnets = isOne ? selection.subnets.slice(0, 1) : selection.subnets;
  const count = isKnown ? subnets.length : 1;
  if (count === 0) {
    throw fail(
      scope,
      `'vpcSubnets' selects no subnet of ${props.vpc.node.path}: select at least one`,
      'compute-subnets',
    );
  }
  if (needs.maxSubnets !== undefined && count > needs.maxSubnets) {
    throw fail(
      scope,
      `'vpcSubnets' must select at most ${needs.maxSubnets} subnets on Fargate, got ${count}`,
      'compute-subnets',
    );
  }
  if (isKnown && zones === 'many') warnOfSingleZone(scope, props.vpc, subnets);
  if (isKnown && needs.endpoints !== undefined) {
    warnOfMissingEndpoints(scope, props.vpc, subnets, needs.endpoints);
  }
  return {
    subnetIds: isOne ? subnets.map(({ subnetId }) => subnetId) : selection.subnetIds,
    securityGroups: securityGroupsOf(scope, props),
    connectivity: selection.internetConnectivityEstablished,
  };
}

function selectSubnets(scope: Construct, { vpc, vpcSubnets }: ManagedComputeEnvironmentProps): ec2.SelectedSubnets {
  if (vpcSubnets === undefined && vpc.privateSubnets.length === 0) {
    throw fail(
      scope,
      `'vpc' must have private subnets with a way out, ${vpc.node.path} has none: add some, or choose other ` +
        `subnets by the 'vpcSubnets' of a compute environment`,
      'compute-subnets',
    );
  }
  return vpc.selectSubnets(vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS });
}

function securityGroupsOf(scope: Construct, props: ManagedComputeEnvironmentProps): ec2.ISecurityGroup[] {
  if (props.securityGroups === undefined) return [new ComputeSecurityGroup(scope, 'SecurityGroup', { vpc: props.vpc })];
  const count = props.securityGroups.length;
  if (count === 0 || count > MAX_SECURITY_GROUPS) {
    throw fail(
      scope,
      `'securityGroups' must hold 1 to ${MAX_SECURITY_GROUPS}, or be left out for a new one, got ${count}`,
      'compute-security-groups',
    );
  }
  return props.securityGroups;
}
