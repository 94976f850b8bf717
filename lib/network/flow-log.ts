import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledge';
import { encryptedLogGroup } from '../private/encrypted-log-group';

/** Where a flow log goes, and how long it is kept. @internal */
export interface FlowLogOptions {
  readonly encryptionKey?: kms.IKey;
  readonly logRetention?: logs.RetentionDays;
}

/** Records who in a network talked to whom, in a log group that expires. @internal */
export function flowLog(scope: Construct, vpc: ec2.IVpc, { encryptionKey, logRetention }: FlowLogOptions): void {
  const parent = new Construct(scope, 'FlowLog');
  const logGroup = encryptedLogGroup(parent, 'Logs', encryptionKey, { retention: logRetention });
  const role = new iam.Role(parent, 'Role', {
    description: 'Writes the flow log of a network for batch jobs',
    assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', { conditions: ofThisAccount(parent) }),
  });
  acknowledge(role, 'inline-policy');
  // The last is asked for first (https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html).
  logGroup.grant(role, 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams');

  const resource = new ec2.CfnFlowLog(parent, 'Resource', {
    resourceId: vpc.vpcId,
    resourceType: 'VPC',
    trafficType: 'ALL',
    logDestinationType: 'cloud-watch-logs',
    logGroupName: logGroup.logGroupName,
    deliverLogsPermissionArn: role.roleArn,
  });
  resource.node.addDependency(role);
}

function ofThisAccount(scope: Construct): Record<string, unknown> {
  const stack = Stack.of(scope);
  const flowLogs = stack.formatArn({ service: 'ec2', resource: 'vpc-flow-log', resourceName: '*' });
  return { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': flowLogs } };
}
