import { EcsMachineImageType, type IComputeEnvironmentRef } from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { Ec2ComputeEnvironment } from '../compute/ec2/ec2-compute-environment';
import { InstanceSelection } from '../compute/instances/instance-selection';
import type { RootVolumeProps } from '../compute/launch-template/root-volume-props';
import type { ManagedComputeEnvironmentProps } from '../compute/managed-compute-environment-props';
import { BatchNetwork } from '../network/batch-network';
import { ComputeSecurityGroup } from '../network/compute-security-group';
import { fail } from '../private/check';
import { JobQueue } from '../queue/job-queue';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { JobQueueProps } from '../queue/job-queue-props';
import { DataBucket } from '../storage/data-bucket';
import { DataKey } from '../storage/data-key';
import type { BatchPlatformProps, GpuQueueOptions } from './batch-platform-props';
import { checkReplacements, defaultCompute, defaultQueues, type DefaultCompute } from './default-compute';

/** As AWS Batch names its queues, so that the name may become one. */
const QUEUE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/**
 * Defines a whole AWS Batch platform: network, key, data bucket, compute environments and job queues.
 *
 * | Queue      | Priority | Jobs run on                                                              |
 * | ---------- | -------- | ------------------------------------------------------------------------ |
 * | `urgent`   | 100      | EC2 on-demand: full price, never interrupted                             |
 * | `standard` | 50       | EC2 Spot: up to 90 % cheaper, may be interrupted and retried             |
 * | `bulk`     | 10       | the same Spot instances, after `standard`                                |
 * | `fargate`  | 50       | Fargate: small jobs that should start within a minute                    |
 * | `gpu`      | 50       | EC2 on-demand with GPUs: only after `addGpuQueue()`                      |
 *
 * **Cost when idle**: about 38 USD a month in us-east-1, for the NAT gateway of the network and the key; no instance runs
 * when no job waits. Each part can be replaced by one of your own.
 */
export class BatchPlatform extends Construct implements ec2.IConnectable {
  /** Network that jobs run in. */
  public readonly vpc: ec2.IVpc;

  /** Key that encrypts objects, logs, results, messages and the volumes of instances. */
  public readonly encryptionKey: kms.IKey;

  /** Bucket that jobs read from and write to. */
  public readonly bucket: s3.IBucket;

  /** What the jobs may talk to, on the compute environments that the platform defines. */
  public readonly connections: ec2.Connections;

  private readonly common: ManagedComputeEnvironmentProps & RootVolumeProps;
  private readonly compute?: DefaultCompute;
  private readonly queueScope: Construct;
  private readonly jobQueues = new Map<string, IJobQueue>();

  constructor(scope: Construct, id: string, props: BatchPlatformProps = {}) {
    super(scope, id);
    checkReplacements(this, props);
    const { removalPolicy, maxvCpus } = props;
    this.encryptionKey = props.encryptionKey ?? new DataKey(this, 'Key', { removalPolicy });
    this.vpc = props.vpc ?? new BatchNetwork(this, 'Network', { encryptionKey: this.encryptionKey }).vpc;
    this.bucket = props.bucket ?? new DataBucket(this, 'Data', { encryptionKey: this.encryptionKey, removalPolicy });

    const securityGroups = [new ComputeSecurityGroup(this, 'SecurityGroup', { vpc: this.vpc })];
    this.connections = new ec2.Connections({ securityGroups });
    const { encryptionKey: rootVolumeKey } = this;
    this.common = { vpc: this.vpc, vpcSubnets: props.vpcSubnets, securityGroups, maxvCpus, rootVolumeKey };
    this.queueScope = new Construct(this, 'Queues');
    if (props.queues === undefined) {
      this.compute = defaultCompute(this, props, this.common);
      for (const [name, queue] of Object.entries(defaultQueues(this.compute))) this.addQueue(name, queue);
    } else {
      for (const [name, queue] of Object.entries(props.queues)) {
        this.checkFree(name);
        this.jobQueues.set(name, queue);
      }
    }
  }

  /** Queues by name. */
  public get queues(): Record<string, IJobQueue> {
    return Object.fromEntries(this.jobQueues);
  }

  /** Compute environment of on-demand instances, for more queues on it. */
  public get onDemand(): IComputeEnvironmentRef {
    return this.existing('onDemand', this.compute?.onDemand);
  }

  /** Compute environment of Spot instances, for more queues on it. */
  public get spot(): IComputeEnvironmentRef {
    return this.existing('spot', this.compute?.spot);
  }

  /** Compute environment on Fargate, for more queues on it. */
  public get fargate(): IComputeEnvironmentRef {
    return this.existing('fargate', this.compute?.fargate);
  }

  /** The queue of this name. */
  public queue(name: string): IJobQueue {
    const queue = this.jobQueues.get(name);
    if (queue === undefined) {
      const names = [...this.jobQueues.keys()].join(', ');
      throw fail(this, `there is no queue '${name}': choose one of ${names || 'none yet'}, or add it with addQueue()`);
    }
    return queue;
  }

  /** Adds a queue. What its jobs leave behind is encrypted with the platform's key, unless `props` say otherwise. */
  public addQueue(name: string, props: JobQueueProps): JobQueue {
    this.checkFree(name);
    const encryptionKey = props.encryptionKey ?? this.encryptionKey;
    const queue = new JobQueue(this.queueScope, name, { ...props, encryptionKey });
    this.jobQueues.set(name, queue);
    return queue;
  }

  /** Adds the queue `gpu`, and the compute environment behind it: free of charge until a job waits there. */
  public addGpuQueue(options: GpuQueueOptions = {}): JobQueue {
    this.checkFree('gpu');
    const instances = options.instances ?? InstanceSelection.gpu();
    if (instances.imageType !== EcsMachineImageType.ECS_AL2023_NVIDIA) {
      const got = instances.instanceTypes.join(', ');
      throw fail(this, `'instances' of the GPU queue must have GPUs, got ${got}: use InstanceSelection.gpu()`);
    }
    const environment = new Ec2ComputeEnvironment(this, 'Gpu', {
      ...this.common,
      maxvCpus: options.maxvCpus ?? this.common.maxvCpus,
      capacity: options.capacity,
      instances,
    });
    return this.addQueue('gpu', { computeEnvironments: [environment], priority: 50 });
  }

  private checkFree(name: string): void {
    if (!QUEUE_NAME.test(name)) {
      const allowed = 'up to 128 letters, digits, hyphens and underscores, starting with a letter or digit';
      throw fail(this, `a queue name must be ${allowed}, got ${JSON.stringify(name)}`);
    }
    if (this.jobQueues.has(name)) throw fail(this, `there is a queue '${name}' already: choose another name`);
  }

  private existing(property: string, environment?: IComputeEnvironmentRef): IComputeEnvironmentRef {
    if (environment !== undefined) return environment;
    throw fail(
      this,
      `there is no '${property}', as 'queues' replaces the platform's own: use the compute behind those`,
    );
  }
}
