import { Duration, Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { checkRange } from '../private/check';
import { ownTags } from '../private/own-tags';
import { type ComputeOffer, type IComputeEnvironment, PlatformCapability } from './compute-environment';
import { ComputeEnvironmentBase, importComputeEnvironment } from './compute-environment-base';
import { Ec2Capacity } from './ec2-capacity';
import { checkInstances } from './instance-check';
import { InstanceSelection } from './instance-selection';
import { launchTemplate } from './launch-template';
import type { ManagedComputeEnvironmentProps } from './managed-compute-environment-props';
import { placementOf } from './placement';
import { checkVcpus, DEFAULT_MAX_VCPUS } from './vcpus';

/** How jobs run on EC2 instances. */
export interface Ec2ComputeEnvironmentProps extends ManagedComputeEnvironmentProps {
  /**
   * How instances are bought.
   *
   * @default Ec2Capacity.onDemand()
   */
  readonly capacity?: Ec2Capacity;

  /**
   * Which instance types AWS Batch may choose from.
   *
   * @default InstanceSelection.defaultX86()
   */
  readonly instances?: InstanceSelection;

  /**
   * vCPUs that are kept running, and paid for, even when no job waits.
   *
   * @default 0
   */
  readonly minvCpus?: number;

  /**
   * Size of the root volume of each instance, which holds the images and the files of all jobs on it. From 30 GiB, the
   * size of the image, to 64 TiB.
   *
   * gp3 costs about 0.08 USD per GiB and month in us-east-1, that is 1 cent an hour for 100 GiB while an instance runs
   * (https://aws.amazon.com/ebs/pricing/).
   *
   * @default Size.gibibytes(100)
   */
  readonly rootVolumeSize?: Size;

  /**
   * Role of the instances.
   *
   * It is what the ECS agent acts as, never what jobs act as. It must trust `ec2.amazonaws.com`.
   *
   * @default - a new role with the AWS managed policy AmazonEC2ContainerServiceforEC2Role
   */
  readonly instanceRole?: iam.IRole;

  /**
   * How long jobs may go on while a change of the compute environment replaces their instances, 1 minute to 5 days. They
   * are then ended, and retried if they have attempts left.
   *
   * @default Duration.minutes(30)
   */
  readonly updateTimeout?: Duration;
}

/** What is known of a compute environment on EC2 that is defined elsewhere. */
export interface Ec2ComputeEnvironmentAttributes {
  /** ARN of the compute environment. */
  readonly computeEnvironmentArn: string;

  /**
   * Processor architecture of the instances.
   *
   * @default - not known: queues cannot check that their compute environments agree
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * What jobs can get there.
   *
   * @default - not known: jobs are not compared with it
   */
  readonly offer?: ComputeOffer;
}

/**
 * Defines a compute environment on EC2 instances. AWS Batch starts and stops them; none runs when no job waits.
 *
 * **Resources**: the compute environment, a launch template (session tokens for instance metadata, encrypted gp3 root
 * volume), an instance profile and, unless given, role and security group. Changes replace instances, never the compute
 * environment. AWS Batch acts by its service-linked role.
 *
 * **Cost when idle**: none.
 */
export class Ec2ComputeEnvironment extends ComputeEnvironmentBase implements ec2.IConnectable {
  /** Refers to a compute environment on EC2 that is defined elsewhere, by this or any other library. */
  public static fromEc2ComputeEnvironmentAttributes(
    scope: Construct,
    id: string,
    attrs: Ec2ComputeEnvironmentAttributes,
  ): IComputeEnvironment {
    return importComputeEnvironment(scope, id, {
      computeEnvironmentArn: attrs.computeEnvironmentArn,
      platformCapability: PlatformCapability.EC2,
      architecture: attrs.architecture,
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

  /** What the instances may talk to. */
  public readonly connections: ec2.Connections;

  /** Role of the instances. */
  public readonly instanceRole: iam.IRole;

  constructor(scope: Construct, id: string, props: Ec2ComputeEnvironmentProps) {
    super(scope, id);
    const capacity = props.capacity ?? Ec2Capacity.onDemand();
    const instances = props.instances ?? InstanceSelection.defaultX86();
    const maxvCpus = props.maxvCpus ?? DEFAULT_MAX_VCPUS;
    const minvCpus = props.minvCpus ?? 0;
    const rootVolumeSize = props.rootVolumeSize ?? Size.gibibytes(100);
    const updateTimeout = props.updateTimeout ?? Duration.minutes(30);
    checkVcpus(this, maxvCpus, minvCpus);
    checkInstances(this, instances);
    if (!rootVolumeSize.isUnresolved()) {
      const gibibytes = rootVolumeSize.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
      checkRange(this, 'rootVolumeSize', gibibytes, 30, 65_536, { unit: 'GiB' });
    }
    if (!updateTimeout.isUnresolved()) {
      checkRange(this, 'updateTimeout', updateTimeout.toMinutes({ integral: false }), 1, 7_200, { unit: 'minutes' });
    }

    const { subnetIds, securityGroups, connectivity } = placementOf(this, props);
    const template = launchTemplate(this, 'LaunchTemplate', rootVolumeSize);
    this.instanceRole = props.instanceRole ?? instanceRole(this);
    const profile = new iam.InstanceProfile(this, 'InstanceProfile', { role: this.instanceRole });

    const resource = new batch.CfnComputeEnvironment(this, 'Resource', {
      type: 'MANAGED',
      state: 'ENABLED',
      // CloudFormation would otherwise replace the compute environment where an update in place is possible.
      replaceComputeEnvironment: false,
      updatePolicy: { terminateJobsOnUpdate: false, jobExecutionTimeoutMinutes: updateTimeout.toMinutes() },
      computeResources: {
        type: capacity.resourceType,
        allocationStrategy: capacity.allocationStrategy,
        minvCpus,
        maxvCpus,
        instanceTypes: instances.instanceTypes,
        ec2Configuration: [{ imageType: instances.imageType }],
        updateToLatestImageVersion: true,
        instanceRole: profile.instanceProfileArn,
        // A version by number: `$Default` stays at the first one forever, and `$Latest` changes without a diff.
        launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
        subnets: subnetIds,
        securityGroupIds: securityGroups.map((group) => group.securityGroupId),
      },
    });
    ownTags(resource);
    // Without its role or its way out, a compute environment can neither start instances nor be deleted.
    resource.node.addDependency(this.instanceRole, connectivity);

    this.computeEnvironmentArn = resource.attrComputeEnvironmentArn;
    this.architecture = instances.architecture;
    this.offer = { maxvCpus, instances, spot: capacity.resourceType === 'SPOT' };
    this.connections = new ec2.Connections({ securityGroups });
  }
}

function instanceRole(scope: Construct): iam.Role {
  return new iam.Role(scope, 'InstanceRole', {
    description: 'ECS agent on the instances of an AWS Batch compute environment',
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonEC2ContainerServiceforEC2Role')],
  });
}
