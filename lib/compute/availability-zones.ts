import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { warn } from '../private/check';

/** Warns of subnets that are known to be in one availability zone; zones that are not known pass. @internal */
export function warnOfSingleZone(scope: IConstruct, vpc: ec2.IVpc, subnets: readonly ec2.ISubnet[]): void {
  // Subnets that are imported one by one throw when they are asked for a zone that nobody told them.
  const told = new Set([...vpc.privateSubnets, ...vpc.publicSubnets, ...vpc.isolatedSubnets]);
  const zones = new Set(subnets.map((subnet, index) => (told.has(subnet) ? subnet.availabilityZone : index)));
  if (zones.size > 1) return;
  warn(
    scope,
    'all subnets are in one availability zone: jobs wait when it fails or has no capacity left; select subnets in two ' +
      'or more',
    'compute-single-zone',
  );
}
