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
import type { IBatchJob } from '../job/batch-job-interface';
import { fail } from '../private/check';
import { allowAlarms, allowEvents } from '../private/key-policy';
import { JobQueue } from '../queue/job-queue';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { JobQueueProps } from '../queue/job-queue-props';
import { DataBucket } from '../storage/data-bucket';
import { DataKey } from '../storage/data-key';
import { SubmissionGateway } from '../submission/submission-gateway';
import type { ISubmissionGateway } from '../submission/submission-gateway-interface';
import type { BatchPlatformAttributes } from './batch-platform-attributes';
import { BatchPlatformGrants } from './batch-platform-grants';
import type { IBatchPlatform } from './batch-platform-interface';
import type { BatchPlatformProps, GpuQueueOptions } from './batch-platform-props';
import { checkReplacements, defaultCompute, defaultQueues, type DefaultCompute } from './default-compute';
import { platformByLookup, platformByName } from './import-platform';
import { checkSharedName, platformNameOf } from './platform-name';
import { checkSameStack } from './job-stack';
import { PlatformParameters } from './platform-parameters';
import { PlatformTeams } from './platform-teams';
import type { Team } from './team';
import type { ITeam } from './team-interface';
import type { TeamOptions } from './team-props';

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
 * | `teams`    | 50       | the same Spot instances, divided between teams: only after `addTeam()`   |
 *
 * **Cost when idle**: about 38 USD a month in us-east-1, for the NAT gateway of the network and the key; no instance runs
 * when no job waits. Each part can be replaced by one of your own.
 */
export class BatchPlatform extends Construct implements IBatchPlatform, ec2.IConnectable {
  /**
   * Refers to the platform of this name in the account and Region of the stack, without looking it up.
   *
   * What is used of it becomes parameters of the stack, which CloudFormation reads with each deployment: the platform may
   * change at any time, and its stack exports nothing that would keep it from that. Jobs are not compared with what the
   * queues offer: see `fromLookup()`.
   */
  public static fromName(
    scope: Construct,
    id: string,
    platformName: string,
    attributes: BatchPlatformAttributes = {},
  ): IBatchPlatform {
    return platformByName(scope, id, platformName, attributes);
  }

  /**
   * The same, with names and offers of its queues looked up when the app is synthesised: jobs that never fit are refused.
   *
   * The CDK CLI keeps the answer in `cdk.context.json`; `cdk context --clear` makes it ask again. ARNs come with each
   * deployment all the same. The stack must have an account and a Region.
   *
   * @param attributes Taken for what is not known yet when the app is synthesised for the very first time: name queues that
   * are neither default ones nor on EC2.
   */
  public static fromLookup(
    scope: Construct,
    id: string,
    platformName: string,
    attributes: BatchPlatformAttributes = {},
  ): IBatchPlatform {
    return platformByLookup(scope, id, platformName, attributes);
  }

  /** Name by which other stacks find the platform. */
  public readonly platformName: string;

  /** Network that jobs run in. */
  public readonly vpc: ec2.IVpc;

  /** Key that encrypts objects, logs, results, messages and the volumes of instances. */
  public readonly encryptionKey: kms.IKey;

  /** Bucket that jobs read from and write to. */
  public readonly bucket: s3.IBucket;

  /** What the jobs may talk to, on the compute environments that the platform defines. */
  public readonly connections: ec2.Connections;

  /** Permissions on the platform. */
  public readonly grants: BatchPlatformGrants;

  private readonly common: ManagedComputeEnvironmentProps & RootVolumeProps;
  private readonly compute?: DefaultCompute;
  private readonly parameters: PlatformParameters;
  private readonly teams: PlatformTeams;
  private readonly queueScope: Construct;
  private readonly itemPrefixes: readonly string[];
  private readonly jobQueues = new Map<string, IJobQueue>();
  private readonly jobs = new Map<string, IBatchJob>();
  private jobGateway?: SubmissionGateway;

  constructor(scope: Construct, id: string, props: BatchPlatformProps = {}) {
    super(scope, id);
    checkReplacements(this, props);
    const { removalPolicy, maxvCpus } = props;
    this.platformName = platformNameOf(this, props.platformName);
    this.itemPrefixes = props.itemPrefixes ?? [];
    this.encryptionKey = props.encryptionKey ?? new DataKey(this, 'Key', { removalPolicy });
    // Topics of other stacks are encrypted with it as well, which could not change its policy.
    allowEvents(this, this.encryptionKey);
    allowAlarms(this, this.encryptionKey);
    this.vpc = props.vpc ?? new BatchNetwork(this, 'Network', { encryptionKey: this.encryptionKey }).vpc;
    this.bucket = props.bucket ?? new DataBucket(this, 'Data', { encryptionKey: this.encryptionKey, removalPolicy });

    const securityGroups = [new ComputeSecurityGroup(this, 'SecurityGroup', { vpc: this.vpc })];
    this.connections = new ec2.Connections({ securityGroups });
    const { encryptionKey: rootVolumeKey } = this;
    this.common = { vpc: this.vpc, vpcSubnets: props.vpcSubnets, securityGroups, maxvCpus, rootVolumeKey };
    this.grants = BatchPlatformGrants.fromBatchPlatform(this);
    this.queueScope = new Construct(this, 'Queues');
    this.parameters = new PlatformParameters(this, 'Parameters', this);
    this.teams = new PlatformTeams(this, 'Teams', this.parameters);
    if (props.queues === undefined) {
      this.compute = defaultCompute(this, props, this.common);
      for (const [name, queue] of Object.entries(defaultQueues(this.compute))) this.addQueue(name, queue);
    } else {
      for (const [name, queue] of Object.entries(props.queues)) {
        this.checkFree(name);
        this.share(name, queue);
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

  /** Submits the jobs of the platform; there is none before the first `addJob()`. */
  public get gateway(): ISubmissionGateway {
    if (this.jobGateway !== undefined) return this.jobGateway;
    throw fail(this, 'there is no gateway yet, as the platform has no jobs: add one with addJob()');
  }

  /** The job of this name. */
  public job(name: string): IBatchJob {
    const job = this.jobs.get(name);
    if (job !== undefined) return job;
    const names = [...this.jobs.keys()].join(', ');
    throw fail(this, `there is no job '${name}': choose one of ${names || 'none yet'}, or add it with addJob()`);
  }

  /**
   * Makes a job one of the platform: others submit it by this name through the gateway, which comes with the first job, and
   * use it in their own stacks. Its queue must be one of the platform.
   */
  public addJob(name: string, job: IBatchJob): void {
    if (this.jobs.has(name)) throw fail(this, `there is a job '${name}' already: choose another name`);
    checkSharedName(this, 'a job', name);
    if (this.parameters.nameOf(job.queue) === undefined) {
      throw fail(
        this,
        `the job '${name}' waits in ${job.queue.node.path}, which is no queue of the platform: use one of it`,
      );
    }
    checkSameStack(this, name, job);
    this.ensuredGateway().addJob(name, job);
    this.parameters.addJob(name, job);
    this.jobs.set(name, job);
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
    this.share(name, queue);
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

  /**
   * Adds a team that shares the platform with others: a share of the queue `teams`, which comes with the first one, or of
   * queues with a scheduling policy of yours.
   *
   * All teams may call the gateway of the platform, each in its own name, as `team.gateway`: once there is one, which comes
   * with the first job. A quota counts what a team submits that way. The share identifier of a team is its own on the whole
   * platform, and its name, as that of an alias, does not consist of digits alone.
   */
  public addTeam(name: string, options: TeamOptions = {}): Team {
    return this.teams.add(name, options);
  }

  /** The team of this name. */
  public team(name: string): ITeam {
    return this.teams.find(name);
  }

  private share(name: string, queue: IJobQueue): void {
    this.jobQueues.set(name, queue);
    this.parameters.addQueue(name, queue);
    this.jobGateway?.addQueue(name, queue);
  }

  private ensuredGateway(): SubmissionGateway {
    if (this.jobGateway !== undefined) return this.jobGateway;
    const { bucket, encryptionKey, queues } = this;
    const sources = this.itemPrefixes.map((prefix) => ({ bucket, prefix }));
    const gateway = new SubmissionGateway(this, 'Gateway', { bucket, sources, encryptionKey, queues });
    this.parameters.addGateway(gateway);
    this.jobGateway = gateway;
    this.teams.join(gateway);
    return gateway;
  }

  private checkFree(name: string): void {
    checkSharedName(this, 'a queue', name);
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
