import { Resource, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksv2 from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import { EksComputeEnvironment, type EksComputeEnvironmentProps } from '../../../lib';
import { importedVpc, newStack } from '../../support/stack';

let stack: Stack;
let vpc: ec2.IVpc;

beforeEach(() => {
  stack = newStack();
  vpc = importedVpc(stack);
});

const environment = (
  cluster: eks.IClusterRef,
  props: Partial<EksComputeEnvironmentProps> = {},
): EksComputeEnvironment =>
  new EksComputeEnvironment(stack, 'Environment', { vpc, cluster, kubernetesNamespace: 'batch', ...props });
const resolve = (value: unknown): unknown => stack.resolve(value);
const hasGroups = (groups: unknown): void => {
  Template.fromStack(stack).hasResourceProperties('AWS::Batch::ComputeEnvironment', {
    ComputeResources: Match.objectLike({ SecurityGroupIds: groups }),
  });
};
const cfnCluster = (accessConfig?: eks.CfnCluster.AccessConfigProperty): eks.CfnCluster =>
  new eks.CfnCluster(stack, 'Cluster', {
    roleArn: 'arn:aws:iam::111122223333:role/cluster',
    resourcesVpcConfig: { subnetIds: vpc.selectSubnets().subnetIds },
    accessConfig,
  });

/** What a cluster of `aws-cdk-lib/aws-eks` tells; the construct itself needs a layer that is not here. */
class PlainCluster extends Resource implements eks.IClusterRef {
  public readonly clusterRef = { clusterName: 'jobs', clusterArn: 'arn:aws:eks:us-east-1:111122223333:cluster/jobs' };
  public readonly connections = new ec2.Connections({
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(this, 'Group', 'sg-00000000000000001')],
  });

  public constructor(
    scope: Stack,
    public readonly authenticationMode: string | undefined,
  ) {
    super(scope, 'Cluster');
  }
}

describe('a cluster', () => {
  test('may be one of aws-eks (D13)', () => {
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
      clusterName: 'jobs',
      clusterSecurityGroupId: 'sg-00000000000000001',
    });
    environment(cluster);
    hasGroups(['sg-00000000000000001']);
  });

  test('may be one of aws-eks-v2 (D13)', () => {
    const cluster = eksv2.Cluster.fromClusterAttributes(stack, 'Cluster', {
      clusterName: 'jobs',
      clusterSecurityGroupId: 'sg-00000000000000001',
    });
    environment(cluster);
    hasGroups(['sg-00000000000000001']);
  });

  test('may be one of aws-eks-v2 that is defined here', () => {
    const own = new eksv2.Cluster(stack, 'Cluster', {
      version: eksv2.KubernetesVersion.V1_33,
      vpc,
      vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
    });
    environment(own);
    hasGroups(Match.arrayWith([resolve(own.clusterSecurityGroupId)]));
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::AccessEntry', {
      ClusterName: resolve(own.clusterName),
    });
  });

  test('may be a CfnCluster', () => {
    const cluster = cfnCluster({ authenticationMode: 'API' });
    environment(cluster);
    hasGroups([resolve(cluster.attrClusterSecurityGroupId)]);
  });

  test('need not tell its security groups when others are given', () => {
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'jobs' });
    environment(cluster, {
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-00000000000000002')],
    });
    hasGroups(['sg-00000000000000002']);
  });

  test('refuses to guess security groups (compute-security-groups)', () => {
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'jobs' });
    expect(() => environment(cluster)).toThrow(
      `'securityGroups' must be given, as cluster Stack/Cluster does not tell its own: import the cluster with its ` +
        `'clusterSecurityGroupId', or give the group that Amazon EKS created for it (in Stack/Environment)`,
    );
  });
});

describe('access entries', () => {
  test.each(['API', 'API_AND_CONFIG_MAP'])('are taken by a cluster with authentication mode %s', (mode) => {
    environment(cfnCluster({ authenticationMode: mode }));
    Template.fromStack(stack).resourceCountIs('AWS::EKS::AccessEntry', 1);
  });

  test.each<[string, () => eks.IClusterRef]>([
    ['a CfnCluster that says so', () => cfnCluster({ authenticationMode: 'CONFIG_MAP' })],
    ['a CfnCluster that says nothing', () => cfnCluster()],
    ['a cluster of aws-eks that says so', () => new PlainCluster(stack, 'CONFIG_MAP')],
    ['a cluster of aws-eks that says nothing', () => new PlainCluster(stack, undefined)],
  ])('refuses %s, as its nodes would never join (compute-eks-node-access)', (_, cluster) => {
    expect(() => environment(cluster())).toThrow(
      'cluster Stack/Cluster lets nodes in by a ConfigMap only (authentication mode CONFIG_MAP): choose ' +
        `API_AND_CONFIG_MAP or API there, or give a 'nodeRole' that is in its 'aws-auth' ConfigMap ` +
        '(in Stack/Environment) [cdk-batch-platform:compute-eks-node-access]',
    );
  });

  test('are not needed with a role that a ConfigMap lets in', () => {
    environment(new PlainCluster(stack, 'CONFIG_MAP'), { nodeRole: iam.Role.fromRoleName(stack, 'Role', 'nodes') });
    Template.fromStack(stack).resourceCountIs('AWS::EKS::AccessEntry', 0);
  });

  test('may be allowed at deploy time only', () => {
    const cluster = cfnCluster();
    cluster.accessConfig = { resolve: () => ({ authenticationMode: 'API' }), creationStack: [] };
    expect(() => environment(cluster)).not.toThrow();
  });
});
