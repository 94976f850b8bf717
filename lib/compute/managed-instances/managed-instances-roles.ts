import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Defines the role of ECS Managed Instances. @internal */
export function managedInstanceRole(scope: Construct): iam.Role {
  return new iam.Role(scope, 'InstanceRole', {
    description: 'ECS agent on the managed instances of an AWS Batch compute environment',
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonECSInstanceRolePolicyForManagedInstances')],
  });
}

/** Defines the role by which Amazon ECS starts and ends managed instances. @internal */
export function infrastructureRole(scope: Construct): iam.Role {
  return new iam.Role(scope, 'InfrastructureRole', {
    description: 'Amazon ECS on the managed instances of an AWS Batch compute environment',
    assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com'),
    managedPolicies: [
      iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonECSInfrastructureRolePolicyForManagedInstances'),
    ],
  });
}

/**
 * Lets Amazon ECS hand the role of the instances on to them: the managed policy admits names that begin with
 * `ecsInstanceRole` only, and a role has no physical name here
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instances-instance-profile.html).
 * @internal
 */
export function grantPassRole(infrastructure: iam.IRole, instances: iam.IRole): iam.Grant {
  return iam.Grant.addToPrincipal({
    grantee: infrastructure,
    actions: ['iam:PassRole'],
    resourceArns: [instances.roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  });
}
