import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as eks from 'aws-cdk-lib/aws-eks';
import type { Construct } from 'constructs';
import { fail } from '../../private/check';

/** What lets roles in by a ConfigMap only, and is what a cluster has unless told otherwise. */
const CONFIG_MAP = 'CONFIG_MAP';

/** Security groups of a cluster, which let its nodes and its control plane talk to each other. @internal */
export function securityGroupsOf(scope: Construct, cluster: eks.IClusterRef): ec2.ISecurityGroup[] {
  if (isConnectable(cluster) && cluster.connections.securityGroups.length > 0)
    return cluster.connections.securityGroups;
  if (isCfnCluster(cluster)) {
    return [ec2.SecurityGroup.fromSecurityGroupId(scope, 'ClusterSecurityGroup', cluster.attrClusterSecurityGroupId)];
  }
  throw fail(
    scope,
    `'securityGroups' must be given, as cluster ${cluster.node.path} does not tell its own: import the cluster with its ` +
      `'clusterSecurityGroupId', or give the group that Amazon EKS created for it`,
    'compute-security-groups',
  );
}

/** Rejects a cluster that takes no access entries, as far as it is known here. @internal */
export function checkAccessEntries(scope: Construct, cluster: eks.IClusterRef): void {
  if (authenticationModeOf(cluster) !== CONFIG_MAP) return;
  throw fail(
    scope,
    `cluster ${cluster.node.path} lets nodes in by a ConfigMap only (authentication mode ${CONFIG_MAP}): choose ` +
      `API_AND_CONFIG_MAP or API there, or give a 'nodeRole' that is in its 'aws-auth' ConfigMap`,
    'compute-eks-node-access',
  );
}

function authenticationModeOf(cluster: eks.IClusterRef): string | undefined {
  if (!isCfnCluster(cluster))
    return hasAuthenticationMode(cluster) ? (cluster.authenticationMode ?? CONFIG_MAP) : undefined;
  const { accessConfig } = cluster;
  if (accessConfig === undefined) return CONFIG_MAP;
  return Token.isUnresolved(accessConfig) || !('authenticationMode' in accessConfig)
    ? undefined
    : accessConfig.authenticationMode;
}

/** Those of aws-cdk-lib, defined here or imported. */
function isConnectable(cluster: eks.IClusterRef): cluster is eks.IClusterRef & ec2.IConnectable {
  return 'connections' in cluster;
}

function isCfnCluster(cluster: eks.IClusterRef): cluster is eks.CfnCluster {
  return 'attrClusterSecurityGroupId' in cluster;
}

/** Those of `aws-cdk-lib/aws-eks` that are defined here; those of `aws-cdk-lib/aws-eks-v2` all take access entries. */
function hasAuthenticationMode(cluster: eks.IClusterRef): cluster is eks.Cluster {
  return 'authenticationMode' in cluster;
}
