import { Stack } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgePolicies } from '../private/acknowledge';
import { checkRange } from '../private/check';
import { ownTags } from '../private/own-tags';
import { type ComputeOffer, type IComputeEnvironment, PlatformCapability } from './compute-environment';
import { ComputeEnvironmentBase, importComputeEnvironment } from './compute-environment-base';
import { identityOf } from './identity';
import type {
  UnmanagedComputeEnvironmentAttributes,
  UnmanagedComputeEnvironmentProps,
} from './unmanaged-compute-environment-props';

/**
 * Defines a compute environment without capacity of its own: AWS Batch makes an ECS cluster, and runs jobs on the instances
 * that you start and register there. `DescribeComputeEnvironments` tells the cluster (`ecsClusterArn`) once it exists;
 * CloudFormation does not.
 *
 * **Resources**: the compute environment and, unless given, its service role: the service-linked role does not go with it.
 *
 * **Cost when idle**: that of your instances.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/unmanaged_compute_environments.html
 */
export class UnmanagedComputeEnvironment extends ComputeEnvironmentBase {
  /** Refers to an unmanaged compute environment that is defined elsewhere, by this or any other library. */
  public static fromUnmanagedComputeEnvironmentAttributes(
    scope: Construct,
    id: string,
    attrs: UnmanagedComputeEnvironmentAttributes,
  ): IComputeEnvironment {
    return importComputeEnvironment(scope, id, {
      computeEnvironmentArn: attrs.computeEnvironmentArn,
      platformCapability: PlatformCapability.EC2,
      architecture: attrs.architecture ?? attrs.offer?.instances?.architecture,
      offer: attrs.offer,
    });
  }

  /** ARN of the compute environment. */
  public readonly computeEnvironmentArn: string;

  /** Jobs run on EC2. */
  public readonly platformCapability = PlatformCapability.EC2;

  /** Processor architecture of the instances, when it is known. */
  public readonly architecture?: ec2.InstanceArchitecture;

  /** What jobs can get here. */
  public readonly offer?: ComputeOffer;

  /** Role that AWS Batch acts as. */
  public readonly serviceRole: iam.IRole;

  constructor(scope: Construct, id: string, props: UnmanagedComputeEnvironmentProps = {}) {
    super(scope, id);
    const { unmanagedvCpus, containerInsights } = props;
    checkRange(this, 'unmanagedvCpus', unmanagedvCpus, 0, Number.MAX_SAFE_INTEGER, { check: 'compute-vcpus' });
    this.serviceRole = props.serviceRole ?? serviceRole(this);

    const resource = new batch.CfnComputeEnvironment(this, 'Resource', {
      type: 'UNMANAGED',
      ...identityOf(this, props),
      serviceRole: this.serviceRole.roleArn,
      unmanagedvCpus,
      ecsSettings: containerInsights && { containerInsights },
    });
    ownTags(resource, props.tags);
    resource.node.addDependency(this.serviceRole);

    this.computeEnvironmentArn = resource.attrComputeEnvironmentArn;
    this.architecture = props.architecture ?? props.offer?.instances?.architecture;
    this.offer = props.offer;
  }
}

/** For compute environments of this account only (https://docs.aws.amazon.com/batch/latest/userguide/cross-service-confused-deputy-prevention.html). */
function serviceRole(scope: Construct): iam.Role {
  const stack = Stack.of(scope);
  const arnOf = (resource: string): string => stack.formatArn({ service: 'batch', resource, resourceName: '*' });
  const managedPolicies = [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBatchServiceRole')];
  const role = new iam.Role(scope, 'ServiceRole', {
    description: 'AWS Batch on an unmanaged compute environment',
    assumedBy: new iam.ServicePrincipal('batch.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': [arnOf('compute-environment'), arnOf('job')] },
      },
    }),
    managedPolicies,
  });
  acknowledgePolicies(role, managedPolicies);
  return role;
}
