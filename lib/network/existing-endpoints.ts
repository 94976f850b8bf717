import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** Whether `vpc` has an endpoint for a service, such as `ecr.api` or `s3`, in this app; those of other apps are not known. @internal */
export function hasEndpoint(vpc: ec2.IVpc, service: string): boolean {
  return vpc.node.root.node
    .findAll()
    .some(
      (node) =>
        ec2.CfnVPCEndpoint.isCfnVPCEndpoint(node) &&
        node.vpcId === vpc.vpcId &&
        node.serviceName?.endsWith(`.${service}`) === true,
    );
}
