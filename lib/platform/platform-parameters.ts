import { Lazy, Stack } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import {
  DESCRIPTOR_VERSION,
  MAX_DESCRIPTOR_BYTES,
  PLATFORM_PARAMETERS,
  type PlatformDescriptor,
} from '../contracts/descriptor';
import type { IBatchJob } from '../job/batch-job-interface';
import { violation } from '../private/check';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { ISubmissionGateway } from '../submission/submission-gateway-interface';
import { estimatedBytes } from '../private/intrinsics';
import { checkNameFree } from './platform-name';
import { computeEntries, jobEntry, queueEntry, roleNameOf, teamEntry } from './descriptor-entries';
import type { ITeam } from './team-interface';

/** What is known of a platform from the start. */
interface PlatformParametersProps {
  readonly platformName: string;
  readonly bucket: s3.IBucket;
  readonly encryptionKey: kms.IKey;
}

/**
 * Defines the parameters by which other stacks find a platform: its descriptor, and one for each value in it.
 *
 * Standard parameters cost nothing. There are no exports: what an app has imported could not be changed any more.
 * @internal
 */
export class PlatformParameters extends Construct {
  public readonly platformName: string;

  private readonly queues = new Map<string, IJobQueue>();
  private readonly jobs = new Map<string, IBatchJob>();
  private readonly teams = new Map<string, ITeam>();
  private readonly queueScope = new Construct(this, 'Queues');
  private readonly jobScope = new Construct(this, 'Jobs');
  private readonly teamScope = new Construct(this, 'Teams');
  private readonly teamGatewayScope = new Construct(this, 'TeamGateways');
  private gateway?: ISubmissionGateway;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: PlatformParametersProps,
  ) {
    super(scope, id);
    const { platformName, bucket, encryptionKey } = props;
    this.platformName = platformName;
    checkNameFree(scope, platformName, this.others());
    const json = Lazy.string({ produce: () => Stack.of(this).toJsonString(this.descriptor()) });
    this.write(this, 'Descriptor', PLATFORM_PARAMETERS.descriptor(platformName), json);
    this.write(this, 'Bucket', PLATFORM_PARAMETERS.bucket(platformName), bucket.bucketName);
    this.write(this, 'Key', PLATFORM_PARAMETERS.key(platformName), encryptionKey.keyArn);
    this.node.addValidation({ validate: () => this.validateSize() });
  }

  public addQueue(name: string, queue: IJobQueue): void {
    this.queues.set(name, queue);
    const { platformName } = this;
    const scope = new Construct(this.queueScope, name);
    this.write(scope, 'Arn', PLATFORM_PARAMETERS.queue(platformName, name), queue.jobQueueArn);
    const policy = queue.schedulingPolicy?.schedulingPolicyRef.schedulingPolicyArn;
    if (policy !== undefined) {
      this.write(scope, 'SchedulingPolicy', PLATFORM_PARAMETERS.schedulingPolicy(platformName, name), policy);
    }
    this.write(scope, 'Compute', PLATFORM_PARAMETERS.compute(platformName, name), this.compute(queue));
  }

  /** Adds a job, whose queue must have been added before. */
  public addJob(name: string, job: IBatchJob): void {
    const { platformName } = this;
    this.jobs.set(name, job);
    const scope = new Construct(this.jobScope, name);
    this.write(scope, 'Definition', PLATFORM_PARAMETERS.job(platformName, name), job.jobDefinitionName);
    const role = roleNameOf(job);
    if (role !== undefined) this.write(scope, 'Role', PLATFORM_PARAMETERS.jobRole(platformName, name), role);
  }

  public addGateway(gateway: ISubmissionGateway): void {
    this.gateway = gateway;
    const name = PLATFORM_PARAMETERS.gateway(this.platformName);
    this.write(this, 'Gateway', name, gateway.submitFunction.functionArn);
  }

  /** Adds a team, whose queues must have been added before. */
  public addTeam(team: ITeam): void {
    const { teamName, shareIdentifier, logGroup } = team;
    const { platformName } = this;
    this.teams.set(teamName, team);
    const scope = new Construct(this.teamScope, teamName);
    this.write(scope, 'ShareIdentifier', PLATFORM_PARAMETERS.teamShare(platformName, teamName), shareIdentifier);
    this.write(scope, 'LogGroup', PLATFORM_PARAMETERS.teamLog(platformName, teamName), logGroup.logGroupName);
  }

  /** Adds the gateway as a team calls it. */
  public addTeamGateway({ teamName, gateway }: ITeam): void {
    const name = PLATFORM_PARAMETERS.teamGateway(this.platformName, teamName);
    this.write(this.teamGatewayScope, teamName, name, gateway.submitFunction.functionArn);
  }

  /** Name by which the platform knows a queue. */
  public nameOf(queue: IJobQueue): string | undefined {
    return [...this.queues].find(([, { jobQueueArn }]) => jobQueueArn === queue.jobQueueArn)?.[0];
  }

  private namesOf(queues: readonly IJobQueue[]): string[] {
    return queues.flatMap((queue) => this.nameOf(queue) ?? []);
  }

  private others(): PlatformParameters[] {
    const all = this.node.root.node.findAll();
    return all.filter((one) => one instanceof PlatformParameters).filter((one) => one !== this);
  }

  private write(scope: Construct, id: string, parameterName: string, stringValue: string): void {
    // Its ARN is never asked for, and the name of the platform may be known at deploy time only.
    new StringParameter(scope, id, { parameterName, stringValue, simpleName: false });
  }

  /** Instance types that are too many for a parameter are left out: they only help to find mistakes early. */
  private compute(queue: IJobQueue): string {
    const entries = computeEntries(queue);
    const fits = estimatedBytes(this, entries) <= MAX_DESCRIPTOR_BYTES;
    return Stack.of(this).toJsonString(
      fits ? entries : entries.map((entry) => ({ ...entry, instanceTypes: undefined })),
    );
  }

  private descriptor(): PlatformDescriptor {
    const { platformName, bucket, encryptionKey } = this.props;
    const queues = [...this.queues].map(([name, queue]) => [name, queueEntry(queue)] as const);
    const jobs = [...this.jobs].map(([name, job]) => [name, jobEntry(job, this.nameOf(job.queue) ?? '')] as const);
    const teams = [...this.teams].map(([name, team]) => [name, teamEntry(team, this.namesOf(team.queues))] as const);
    return {
      schemaVersion: DESCRIPTOR_VERSION,
      name: platformName,
      region: Stack.of(this).region,
      bucket: bucket.bucketName,
      key: encryptionKey.keyArn,
      gateway: this.gateway?.submitFunction.functionArn,
      queues: Object.fromEntries(queues),
      jobs: Object.fromEntries(jobs),
      teams: teams.length === 0 ? undefined : Object.fromEntries(teams),
    };
  }

  private validateSize(): string[] {
    const bytes = estimatedBytes(this, this.descriptor());
    if (bytes <= MAX_DESCRIPTOR_BYTES) return [];
    return [
      violation(
        this,
        `the descriptor of the platform has about ${bytes} bytes, with ${this.queues.size} queues, ${this.jobs.size} jobs ` +
          `and ${this.teams.size} teams, and a parameter takes ${MAX_DESCRIPTOR_BYTES}: spread them over several platforms`,
        'platform-descriptor-size',
      ),
    ];
  }
}
