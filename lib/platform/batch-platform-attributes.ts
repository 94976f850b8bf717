import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { PlatformCapability } from '../compute/compute-environment';
import type { JobDefinitionKind } from '../job/definition/job-definition-kind';

/** What has to be known of a queue before the deployment. */
export interface PlatformQueueAttributes {
  /** What jobs of the queue run on: decides how their definitions are written. */
  readonly platformCapability: PlatformCapability;

  /**
   * Whether the queue has a scheduling policy: its jobs name a share identifier then.
   *
   * @default false
   */
  readonly shared?: boolean;

  /**
   * Processor architecture of the instances: jobs on Managed Instances of Graviton do not start without it.
   *
   * @default - not known: jobs on Managed Instances are taken for x86-64
   */
  readonly architecture?: InstanceArchitecture;

  /**
   * Whether the compute of the queue is in public subnets: jobs on Fargate get a public address then, without which they
   * pull no image there and do not start. Say so for the default queue `fargate` as well.
   *
   * @default false
   */
  readonly publicSubnets?: boolean;
}

/** What has to be known of a job before the deployment. */
export interface PlatformJobAttributes {
  /** Name of the queue that the job waits in unless told otherwise. */
  readonly queue: string;

  /**
   * What the job definition is made of.
   *
   * @default - not known: what a submission overrides is not compared with it
   */
  readonly kind?: JobDefinitionKind;

  /**
   * Share identifier that pipelines and gateways submit the job under.
   *
   * @default - each submission names one, where the queue needs it
   */
  readonly shareIdentifier?: string;

  /**
   * Tags of each job that pipelines, state machines, schedules and gateways submit, such as those of a team.
   *
   * @default - the tags of the submission only
   */
  readonly submissionTags?: Record<string, string>;

  /**
   * Name of the team whose job it is: it is submitted under the share identifier of the team and with its tags.
   *
   * @default - the job has the share identifier and the tags that are told
   */
  readonly team?: string;
}

/** What has to be known of a team before the deployment. */
export interface PlatformTeamAttributes {
  /**
   * Names of the queues that the team's jobs wait in.
   *
   * @default - the queue `teams`
   */
  readonly queues?: string[];

  /**
   * Tags of the team's jobs beside `team`, as the platform has them.
   *
   * @default - no other tags
   */
  readonly tags?: Record<string, string>;
}

/** What is known of a platform in another stack without looking it up. */
export interface BatchPlatformAttributes {
  /**
   * Queues by name, beside those that platforms have by default: `urgent`, `standard`, `bulk`, `gpu` and `teams` on EC2,
   * `fargate` on Fargate.
   *
   * @default - only queues with these names are known
   */
  readonly queues?: Record<string, PlatformQueueAttributes>;

  /**
   * Jobs by name.
   *
   * @default - no job is known
   */
  readonly jobs?: Record<string, PlatformJobAttributes>;

  /**
   * Teams by name, where they have other queues than `teams`, or more tags than `team`.
   *
   * @default - each team waits in the queue `teams`
   */
  readonly teams?: Record<string, PlatformTeamAttributes>;
}
