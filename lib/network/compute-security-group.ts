import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** Where a security group for compute environments belongs. */
export interface ComputeSecurityGroupProps {
  /** Network of the compute environments. */
  readonly vpc: ec2.IVpc;
}

/**
 * Defines a security group for compute environments: nothing gets in, only HTTPS gets out.
 *
 * HTTPS is what the ECS agent, image pulls, logs and AWS SDKs need; DNS, time and instance metadata of the network itself
 * pass in any case. Whatever else jobs talk to is opened one by one: `environment.connections.allowTo(database, port)`.
 */
export class ComputeSecurityGroup extends ec2.SecurityGroup {
  constructor(scope: Construct, id: string, props: ComputeSecurityGroupProps) {
    super(scope, id, {
      vpc: props.vpc,
      description: 'AWS Batch compute environments: HTTPS out, nothing in',
      allowAllOutbound: false,
    });
    this.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS, 'AWS APIs, image registries');
  }
}
