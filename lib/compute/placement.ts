import { Resource, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct, IDependable } from 'constructs';
import { PlatformCapability } from '../contracts/platform-capability';
import { ComputeSecurityGroup } from '../network/compute-security-group';
import { MAX_SECURITY_GROUPS, MAX_SUBNETS_ON_FARGATE } from '../contracts/rules/compute';
import { fail } from '../private/check';
import { warnOfSingleZone } from './availability-zones';
import { isolatedOf, warnOfNoWayOut } from './way-out-check';
import type { ManagedComputeEnvironmentProps } from './managed-compute-environment-props';

/** Where on the network a compute environment is. @internal */
export interface Placement {
  readonly subnetIds: string[];
  readonly securityGroups: ec2.ISecurityGroup[];
  /** The routes that instances need to join, and to leave in good order. */
  readonly connectivity: IDependable;
  /** Whether some of the subnets are known to be public. */
  readonly isPublic: boolean;
  /** Whether some of the subnets are known to have no way to the internet; those of other apps may have one. */
  readonly isIsolated: boolean;
}

/** Decides where on the network a compute environment is. @internal */
export function placementOf(
  scope: Construct,
  platform: PlatformCapability,
  props: ManagedComputeEnvironmentProps,
  zones: 'one' | 'any' | 'many' = 'many',
): Placement {
  const { vpc } = props;
  const selection = vpc.selectSubnets(props.vpcSubnets ?? defaultSelection(scope, vpc));
  const isKnown = !Token.isUnresolved(selection.subnetIds);
  const isOne = zones === 'one' && props.vpcSubnets === undefined && isKnown;
  const subnets = isOne ? selection.subnets.slice(0, 1) : selection.subnets;
  if (isKnown) {
    checkCount(scope, platform, vpc, subnets.length);
    if (zones === 'many') warnOfSingleZone(scope, vpc, subnets);
    warnOfNoWayOut(scope, platform, vpc, subnets);
  }
  return {
    subnetIds: isOne ? subnets.map(({ subnetId }) => subnetId) : selection.subnetIds,
    securityGroups: securityGroupsOf(scope, props),
    connectivity: selection.internetConnectivityEstablished,
    isPublic: subnets.some((subnet) => vpc.publicSubnets.includes(subnet)),
    isIsolated: isolatedOf(vpc, subnets).length > 0,
  };
}

/** What a network of this app has nothing else than is what it is meant for; others have to be told. */
function defaultSelection(scope: Construct, vpc: ec2.IVpc): ec2.SubnetSelection {
  if (vpc.privateSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  if (Resource.isOwnedResource(vpc) && vpc.isolatedSubnets.length > 0) {
    return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  }
  if (Resource.isOwnedResource(vpc) && vpc.publicSubnets.length > 0) return { subnetType: ec2.SubnetType.PUBLIC };
  throw fail(
    scope,
    `'vpc' must have private subnets with a way out, ${vpc.node.path} has none: add some, or choose other subnets by ` +
      `'vpcSubnets'`,
    'compute-subnets',
  );
}

function checkCount(scope: Construct, platform: PlatformCapability, vpc: ec2.IVpc, count: number): void {
  if (count === 0) {
    throw fail(scope, `'vpcSubnets' selects no subnet of ${vpc.node.path}: select at least one`, 'compute-subnets');
  }
  if (platform === PlatformCapability.FARGATE && count > MAX_SUBNETS_ON_FARGATE) {
    throw fail(
      scope,
      `'vpcSubnets' must select at most ${MAX_SUBNETS_ON_FARGATE} subnets on Fargate, got ${count}`,
      'compute-subnets',
    );
  }
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
