import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { ComputeOffer } from '../compute-environment';
import type { EcsSettingsProps } from '../container-insights';
import type { InstanceComputeEnvironmentProps } from '../instance-compute-environment-props';
import type { InstanceSetup } from '../launch-template/instance-setup';
import type { Interconnect } from './interconnect';

/** How jobs run on EC2 instances. */
export interface Ec2ComputeEnvironmentProps extends InstanceComputeEnvironmentProps, EcsSettingsProps {
  /**
   * Role of the instances.
   *
   * It is what the ECS agent acts as, never what jobs act as. It must trust `ec2.amazonaws.com`.
   *
   * @default - a new role with what the ECS agent needs. Jobs without an execution role, which those of this library
   * always have, pull images of this account and Region with it and write to the log group `/aws/batch/job`, no other
   */
  readonly instanceRole?: iam.IRole;

  /**
   * Which of its images AWS Batch starts instances from, or what an image of your own is made of. Those on Amazon Linux 2
   * ended on 30 June 2026.
   *
   * @default - Amazon Linux 2023, with the driver of NVIDIA for instances with GPUs
   */
  readonly imageType?: batch.EcsMachineImageType;

  /**
   * How instances are set up before they take the first job, such as settings of the ECS agent, fast local disks or a
   * shared file system.
   *
   * @default - instances stay out of reach for containers, and on Spot take no more jobs once they are taken back
   */
  readonly setup?: InstanceSetup[];

  /**
   * What else runs when an instance starts: a script, a boothook, cloud-config, or several in `ec2.MultipartUserData`, which
   * gets the setup as one more part. Becomes MIME multipart, as AWS Batch demands.
   *
   * @default - nothing
   */
  readonly userData?: ec2.UserData;

  /**
   * What joins instances whose jobs wait for each other all the time.
   *
   * @default - the network of the instances, in all zones
   */
  readonly interconnect?: Interconnect;
}

/** What is known of a compute environment on EC2 that is defined elsewhere. */
export interface Ec2ComputeEnvironmentAttributes {
  /** ARN of the compute environment. */
  readonly computeEnvironmentArn: string;

  /**
   * Processor architecture of the instances.
   *
   * @default - that of the instances in `offer`, or not known: queues cannot check that their compute environments agree
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * What jobs can get there.
   *
   * @default - not known: jobs are not compared with it
   */
  readonly offer?: ComputeOffer;
}
