import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { test } from 'vitest';
import { ComputeSecurityGroup } from '../../lib';
import { importedVpc, templateOf } from '../support/stack';

test('lets HTTPS out and nothing in', () => {
  const template = templateOf((stack) => new ComputeSecurityGroup(stack, 'Group', { vpc: importedVpc(stack) }));
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupIngress: Match.absent(),
    SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })],
  });
});

test('is opened towards one thing at a time', () => {
  const template = templateOf((stack) => {
    const vpc = importedVpc(stack);
    const database = new ec2.SecurityGroup(stack, 'Database', { vpc, allowAllOutbound: false });
    new ComputeSecurityGroup(stack, 'Group', { vpc }).connections.allowTo(database, ec2.Port.POSTGRES);
  });
  template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 5432, ToPort: 5432 });
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 5432, ToPort: 5432 });
});
