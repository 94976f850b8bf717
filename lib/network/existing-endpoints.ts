import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * Whether `vpc` has an endpoint for a service, such as `ecr.api` or `s3`, in this app; those of other apps are not known.
 * @internal
 */
export function hasEndpoint(vpc: ec2.IVpc, service: string): boolean {
  return vpc.node.root.node
    .findAll()
    .some(
      (node) =>
        ec2.CfnVPCEndpoint.isCfnVPCEndpoint(node) &&
        node.vpcId === vpc.vpcId &&
        serviceOf(node).endsWith(`.${service}`),
    );
}

/** The name of the service; its Region may be known at deploy time only, what follows it is not. */
function serviceOf(endpoint: ec2.CfnVPCEndpoint): string {
  const name: unknown = Stack.of(endpoint).resolve(endpoint.serviceName);
  return JSON.stringify(name ?? '').replace(/["\]}]+$/, '');
}
