import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksV2 from 'aws-cdk-lib/aws-eks-v2';
import { expect, test } from 'vitest';
import { EksComputeEnvironment } from '../../lib';
import { importedVpc, newStack } from '../support/stack';

const attributes = { clusterName: 'research', clusterSecurityGroupId: 'sg-00000000000000001' };

test('D5: nodes of EKS get the policies of EKS, not those of the ECS agent', () => {
  const stack = newStack();
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', attributes);
  new EksComputeEnvironment(stack, 'Compute', { vpc: importedVpc(stack), cluster, kubernetesNamespace: 'research' });
  const roles = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  expect(roles).toContain('AmazonEKSWorkerNode');
  expect(roles).not.toContain('AmazonEC2ContainerServiceforEC2Role');
});

test('D13: clusters of both modules of aws-cdk-lib are taken', () => {
  const stack = newStack();
  const vpc = importedVpc(stack);
  const clusters = {
    First: eks.Cluster.fromClusterAttributes(stack, 'ClusterFirst', attributes),
    Second: eksV2.Cluster.fromClusterAttributes(stack, 'ClusterSecond', attributes),
  };
  for (const [id, cluster] of Object.entries(clusters)) {
    new EksComputeEnvironment(stack, id, { vpc, cluster, kubernetesNamespace: 'research' });
  }
  Template.fromStack(stack).resourceCountIs('AWS::Batch::ComputeEnvironment', 2);
});
