import { AspectPriority, Aspects, Resource } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../contracts/platform-capability';
import { ENDPOINT_SERVICES } from '../network/endpoint-services';
import { hasEndpoint } from '../network/existing-endpoints';
import { warn } from '../private/check';

/**
 * Warns of subnets without a way to the internet that lack endpoints. It is judged at the end of synthesis, as endpoints may
 * be added after the compute environment; networks of other apps are not known.
 * @internal
 */
export function warnOfNoWayOut(
  scope: IConstruct,
  platform: PlatformCapability,
  vpc: ec2.IVpc,
  subnets: readonly ec2.ISubnet[],
): void {
  if (!Resource.isOwnedResource(vpc)) return;
  const isolated = isolatedOf(vpc, subnets);
  // On Fargate the job says whether it has a public address.
  const isFargate = platform === PlatformCapability.FARGATE;
  const mute = isFargate ? [] : subnets.filter((one) => vpc.publicSubnets.includes(one) && givesNoAddress(one));
  if (isolated.length + mute.length === 0) return;

  const visit = (node: IConstruct): void => {
    if (node !== scope) return;
    const names = [...Object.values(ENDPOINT_SERVICES[platform]).map(({ shortName }) => shortName), 's3'];
    const missing = names.filter((name) => !hasEndpoint(vpc, name)).join(', ');
    if (missing === '') return;
    const waits = 'or jobs wait forever unless there is another way out, such as a transit gateway';
    if (isolated.length > 0) {
      warn(
        scope,
        `subnets without a way to the internet (${pathsOf(isolated)}) need VPC endpoints, and ${vpc.node.path} has none ` +
          `for ${missing}: add BatchEndpoints, ${waits}`,
        'compute-endpoints',
      );
    }
    if (mute.length > 0) {
      warn(
        scope,
        `public subnets that give instances no public address (${pathsOf(mute)}) need VPC endpoints, and ` +
          `${vpc.node.path} has none for ${missing}: set 'mapPublicIpOnLaunch', or select private subnets, ${waits}`,
        'compute-public-addresses',
      );
    }
  };
  Aspects.of(scope).add({ visit }, { priority: AspectPriority.READONLY });
}

/** Those of `subnets` that are known to have no way to the internet. @internal */
export const isolatedOf = (vpc: ec2.IVpc, subnets: readonly ec2.ISubnet[]): ec2.ISubnet[] =>
  Resource.isOwnedResource(vpc) ? subnets.filter((subnet) => vpc.isolatedSubnets.includes(subnet)) : [];

const pathsOf = (subnets: readonly ec2.ISubnet[]): string => subnets.map(({ node }) => node.path).join(', ');

function givesNoAddress({ node }: ec2.ISubnet): boolean {
  const { defaultChild: resource } = node;
  return ec2.CfnSubnet.isCfnSubnet(resource) && resource.mapPublicIpOnLaunch !== true;
}
