import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { acknowledge } from '../private/acknowledge';

/** Opens a security group to the whole network, and to nothing else. @internal */
export function letNetworkIn(connections: ec2.Connections, group: ec2.SecurityGroup, vpc: ec2.IVpc): void {
  const range = addressRangeOf(vpc);
  connections.allowDefaultPortFrom(ec2.Peer.ipv4(range), 'The network');
  // Scanners report ranges that they cannot read.
  if (Token.isUnresolved(range)) acknowledge(group, 'inner-source');
}

/** As text where the network says it, not as an attribute of the network that is known at deploy time only. */
function addressRangeOf(vpc: ec2.IVpc): string {
  const { defaultChild: resource } = vpc.node;
  return (ec2.CfnVPC.isCfnVPC(resource) ? resource.cidrBlock : undefined) ?? vpc.vpcCidrBlock;
}
