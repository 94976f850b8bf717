import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgePolicies } from '../../private/acknowledge';
import { checkAccessEntries } from './eks-cluster';

/** https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
const POLICIES = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonEKS_CNI_Policy'];

/** Defines the role of nodes: what kubelet and network plugin need, and image pulls from the account. @internal */
export function nodeRole(scope: Construct): iam.Role {
  const managedPolicies = POLICIES.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name));
  const role = new iam.Role(scope, 'NodeRole', {
    description: 'Nodes that AWS Batch adds to an Amazon EKS cluster',
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies,
  });
  acknowledgePolicies(role, managedPolicies);
  return role;
}

/**
 * Lets instances with a role into a cluster as nodes: AWS Batch starts them, and leaves that to the owner of the cluster
 * (https://docs.aws.amazon.com/batch/latest/userguide/eks-access-entries.html).
 * @internal
 */
export function letNodesIn(scope: Construct, cluster: eks.IClusterRef, role: iam.IRole): eks.CfnAccessEntry {
  checkAccessEntries(scope, cluster);
  return new eks.CfnAccessEntry(scope, 'NodeAccess', {
    clusterName: cluster.clusterRef.clusterName,
    principalArn: role.roleArn,
    type: 'EC2_LINUX',
  });
}
