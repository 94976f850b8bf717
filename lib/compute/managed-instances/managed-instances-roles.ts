import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgePolicies } from '../../private/acknowledge';

/** Defines the role of ECS Managed Instances. @internal */
export function managedInstanceRole(scope: Construct): iam.Role {
  return roleOfAws(scope, 'InstanceRole', {
    description: 'ECS agent on the managed instances of an AWS Batch compute environment',
    service: 'ec2.amazonaws.com',
    policy: 'AmazonECSInstanceRolePolicyForManagedInstances',
  });
}

/** Defines the role by which Amazon ECS starts and ends managed instances. @internal */
export function infrastructureRole(scope: Construct): iam.Role {
  const role = roleOfAws(scope, 'InfrastructureRole', {
    description: 'Amazon ECS on the managed instances of an AWS Batch compute environment',
    service: 'ecs.amazonaws.com',
    policy: 'AmazonECSInfrastructureRolePolicyForManagedInstances',
  });
  acknowledge(role, 'inline-policy');
  return role;
}

interface RoleOfAws {
  readonly description: string;
  readonly service: string;
  readonly policy: string;
}

function roleOfAws(scope: Construct, id: string, { description, service, policy }: RoleOfAws): iam.Role {
  const managedPolicies = [iam.ManagedPolicy.fromAwsManagedPolicyName(policy)];
  const assumedBy = new iam.ServicePrincipal(service);
  const role = new iam.Role(scope, id, { description, assumedBy, managedPolicies });
  acknowledgePolicies(role, managedPolicies);
  return role;
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
    // Amazon EC2 has a name of its own in China.
    conditions: { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] } },
  });
}
