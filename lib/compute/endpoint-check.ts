import { AspectPriority, Aspects, Resource } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { hasEndpoint } from '../network/existing-endpoints';
import { warn } from '../private/check';

/**
 * Warns of subnets without a way to the internet that lack endpoints. It is judged at the end of synthesis, as endpoints may
 * be added after the compute environment; networks of other apps are not known.
 * @internal
 */
export function warnOfMissingEndpoints(
  scope: IConstruct,
  vpc: ec2.IVpc,
  subnets: readonly ec2.ISubnet[],
  services: readonly ec2.InterfaceVpcEndpointAwsService[],
): void {
  if (!Resource.isOwnedResource(vpc)) return;
  const isolated = subnets.filter((subnet) => vpc.isolatedSubnets.includes(subnet));
  if (isolated.length === 0) return;

  const visit = (node: IConstruct): void => {
    if (node !== scope) return;
    const names = [...services.map(({ shortName }) => shortName), 's3'];
    const missing = names.filter((name) => !hasEndpoint(vpc, name));
    if (missing.length === 0) return;
    warn(
      scope,
      `subnets without a way to the internet (${isolated.map(({ node: { path } }) => path).join(', ')}) need VPC ` +
        `endpoints, and ${vpc.node.path} has none for ${missing.join(', ')}: add BatchEndpoints, or jobs wait forever ` +
        'unless there is another way out, such as a transit gateway',
      'compute-endpoints',
    );
  };
  Aspects.of(scope).add({ visit }, { priority: AspectPriority.READONLY });
}
