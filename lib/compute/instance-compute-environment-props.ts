import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Ec2Capacity } from './ec2/ec2-capacity';
import type { InstanceSelection } from './instances/instance-selection';
import type { LaunchTemplateOverride } from './launch-template/launch-template-override';
import type { ManagedComputeEnvironmentProps } from './managed-compute-environment-props';
import type { RootVolumeProps } from './launch-template/root-volume-props';

/**
 * What compute environments on EC2 instances have in common, on Amazon ECS and Amazon EKS. Changes replace instances where
 * they must, never the compute environment.
 */
export interface InstanceComputeEnvironmentProps extends ManagedComputeEnvironmentProps, RootVolumeProps {
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
   * How long an instance is kept, and paid for, after its last job ended, 20 minutes to 7 days: saves starting a new one
   * when the next job comes soon.
   *
   * @default - AWS Batch ends it as soon as it sees fit
   */
  readonly scaleDownDelay?: Duration;

  /**
   * Tags of the instances and their volumes, for the bill. Tags of the app or of the stack do not get here.
   *
   * @default - no tags
   */
  readonly instanceTags?: Record<string, string>;

  /**
   * Key pair for SSH to the instances. `InstanceSetup.sessionManager()` needs none, and no open port either.
   *
   * @default - no SSH
   */
  readonly keyPair?: ec2.IKeyPair;

  /**
   * Placement group of the instances. A cluster placement group is in one availability zone.
   *
   * @default - none, or a new cluster placement group with an `interconnect`
   */
  readonly placementGroup?: ec2.IPlacementGroup;

  /**
   * Metrics of the instances each minute instead of every five: about 2 USD a month for each instance
   * (https://aws.amazon.com/cloudwatch/pricing/).
   *
   * @default false
   */
  readonly detailedMonitoring?: boolean;

  /**
   * Image of your own that instances start from; it must have what the image of AWS has, the agent above all. It is used
   * until another one is given here: AWS Batch does not update it.
   *
   * @default - the newest image of AWS for the instances, on Amazon Linux 2023
   */
  readonly machineImage?: ec2.IMachineImage;

  /**
   * Whether a change that replaces instances also starts the new ones from the newest image of AWS.
   *
   * @default true
   */
  readonly updateToLatestImageVersion?: boolean;

  /**
   * Launch template of your own, instead of the one that is defined here: session tokens for instance metadata, encryption
   * and user data are up to you. Without a version by number, changes of it pass unseen
   * (warning `compute-launch-template-version`).
   *
   * @default - a new launch template
   */
  readonly launchTemplate?: ec2.ILaunchTemplate;

  /**
   * Other launch templates for some of the instance types, at most 10.
   *
   * @default - all instance types have the same launch template
   */
  readonly launchTemplateOverrides?: LaunchTemplateOverride[];

  /**
   * How long jobs may go on while a change of the compute environment replaces their instances, 1 minute to 5 days. They
   * are then ended, and retried if they have attempts left.
   *
   * @default Duration.minutes(30)
   */
  readonly updateTimeout?: Duration;

  /**
   * Whether a change that replaces instances ends their jobs at once, whatever `updateTimeout` says.
   *
   * @default false
   */
  readonly terminateJobsOnUpdate?: boolean;

  /**
   * Whether changes of instance types, images, network or launch template make a new compute environment instead of
   * replacing instances. Needed for such changes with `BEST_FIT` or a service role of your own. Turn it on or off in a
   * deployment of its own.
   *
   * @default false
   */
  readonly replaceComputeEnvironment?: boolean;
}
