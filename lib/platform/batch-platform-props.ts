import type { RemovalPolicy } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Ec2Capacity } from '../compute/ec2/ec2-capacity';
import type { InstanceSelection } from '../compute/instances/instance-selection';
import type { IJobQueue } from '../queue/job-queue-interface';

/** Which parts of a platform are your own, and how large it may grow. */
export interface BatchPlatformProps {
  /**
   * Name by which other stacks find the platform: up to 128 letters, digits, hyphens and underscores. A change of it
   * is one for all who use it.
   *
   * @default - name of the stack and id of the platform, as in `MyStack-Platform`
   */
  readonly platformName?: string;

  /**
   * Beginnings of keys in the bucket of the platform, such as `scenes/`, below which prefixes and manifests of submissions
   * may be. Who may submit learns the keys there, and what manifests say.
   *
   * @default - none: submissions to the gateway list their items
   */
  readonly itemPrefixes?: string[];

  /**
   * Network that jobs run in: one of your own, that of an `IsolatedBatchNetwork` (from about 88 USD a month) or that of a
   * `PublicBatchNetwork` (no cost when idle). Give the network the `encryptionKey` of the platform, or it has one of its own.
   *
   * @default - that of a new `BatchNetwork` with one NAT gateway (about 37 USD a month)
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets that jobs run in, for the compute environments that the platform defines. Isolated subnets need VPC endpoints,
   * public ones need to give public addresses.
   *
   * @default - all private subnets that reach the internet; if a network of this app has none, its isolated ones, and if
   * it has none of those either, its public ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Key that encrypts objects, logs, results, messages and the volumes of instances.
   *
   * A key of this app is given the statements that CloudWatch Logs, EventBridge, CloudWatch and EC2 Auto Scaling need; of
   * an imported one a warning says which it must have. Fargate encrypts the storage of its tasks with a key of AWS.
   *
   * @default - a new `DataKey` (1 USD a month)
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Bucket that jobs read from and write to. It must send its events to EventBridge to start pipelines.
   *
   * @default - a new `DataBucket`
   */
  readonly bucket?: s3.IBucket;

  /**
   * Most vCPUs in use at the same time, for each of the compute environments that the platform defines: the limit of what
   * it can cost.
   *
   * @default 256
   */
  readonly maxvCpus?: number;

  /**
   * Compute environment on EC2 behind the queue `urgent`.
   *
   * @default - a new `Ec2ComputeEnvironment` of on-demand instances
   */
  readonly onDemand?: batch.IComputeEnvironmentRef;

  /**
   * Compute environment on EC2 behind the queues `standard` and `bulk`.
   *
   * @default - a new `Ec2ComputeEnvironment` of Spot instances, chosen where interruptions are least likely
   */
  readonly spot?: batch.IComputeEnvironmentRef;

  /**
   * Compute environment on Fargate behind the queue `fargate`.
   *
   * @default - a new `FargateComputeEnvironment`
   */
  readonly fargate?: batch.IComputeEnvironmentRef;

  /**
   * Queues by name, instead of those of the platform and the compute environments behind them.
   *
   * @default - `urgent`, `standard`, `bulk` and `fargate`
   */
  readonly queues?: Record<string, IJobQueue>;

  /**
   * What happens to the key and the bucket that the platform defines when their stack is deleted; AWS deletes empty
   * buckets only.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** How the GPU queue of a platform runs its jobs. */
export interface GpuQueueOptions {
  /**
   * Instances with GPUs.
   *
   * @default InstanceSelection.gpu()
   */
  readonly instances?: InstanceSelection;

  /**
   * How instances are bought. GPUs are scarce on Spot: jobs may wait long, or be interrupted often.
   *
   * @default Ec2Capacity.onDemand()
   */
  readonly capacity?: Ec2Capacity;

  /**
   * Most vCPUs in use at the same time.
   *
   * @default - as for the other compute environments of the platform
   */
  readonly maxvCpus?: number;
}
