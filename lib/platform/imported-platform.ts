import { CfnDynamicReference, CfnDynamicReferenceService } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { PLATFORM_PARAMETERS } from '../contracts/descriptor';
import { BatchJob } from '../job/batch-job';
import type { IBatchJob } from '../job/batch-job-interface';
import { JobDefinitionKind } from '../job/definition/job-definition-kind';
import { acknowledge } from '../private/acknowledge';
import { markOfPlatform } from '../private/platform-resources';
import type { IJobQueue } from '../queue/job-queue-interface';
import { SubmissionGateway } from '../submission/submission-gateway';
import type { ISubmissionGateway } from '../submission/submission-gateway-interface';
import { BatchPlatformGrants } from './batch-platform-grants';
import type { IBatchPlatform } from './batch-platform-interface';
import { importedQueue } from './imported-queue';
import { ImportedTeam } from './imported-team';
import type { KnownPlatform } from './known-platform';
import type { ITeam } from './team-interface';

/**
 * A platform of another stack. What is asked of it becomes a parameter of this stack, whose value CloudFormation reads
 * from the parameter store with each deployment.
 * @internal
 */
export class ImportedPlatform extends Construct implements IBatchPlatform {
  public readonly grants: BatchPlatformGrants;

  private readonly storageScope = new Construct(this, 'Storage');
  private readonly queueScope = new Construct(this, 'Queues');
  private readonly queuePartScope = new Construct(this, 'QueueParts');
  private readonly jobScope = new Construct(this, 'Jobs');
  private readonly jobRoleScope = new Construct(this, 'JobRoles');
  private readonly teamScope = new Construct(this, 'Teams');
  private readonly queues = new Map<string, IJobQueue>();
  private readonly jobs = new Map<string, IBatchJob>();
  private readonly teams = new Map<string, ITeam>();
  private importedKey?: kms.IKey;
  private importedBucket?: s3.IBucket;
  private importedGateway?: ISubmissionGateway;

  public constructor(
    scope: Construct,
    id: string,
    public readonly platformName: string,
    private readonly known: KnownPlatform,
  ) {
    super(scope, id);
    markOfPlatform(this.storageScope);
    this.grants = BatchPlatformGrants.fromBatchPlatform(this);
  }

  public get encryptionKey(): kms.IKey {
    this.importedKey ??= kms.Key.fromKeyArn(
      this.storageScope,
      'Key',
      this.parameter(PLATFORM_PARAMETERS.key(this.platformName)),
    );
    return this.importedKey;
  }

  public get bucket(): s3.IBucket {
    if (this.importedBucket !== undefined) return this.importedBucket;
    this.importedBucket = s3.Bucket.fromBucketAttributes(this.storageScope, 'Data', {
      bucketName: this.parameter(PLATFORM_PARAMETERS.bucket(this.platformName)),
      encryptionKey: this.encryptionKey,
    });
    return this.importedBucket;
  }

  public get gateway(): ISubmissionGateway {
    if (this.importedGateway !== undefined) return this.importedGateway;
    const functionArn = this.parameter(PLATFORM_PARAMETERS.gateway(this.platformName));
    const submitFunction = lambda.Function.fromFunctionAttributes(this, 'SubmitFunction', {
      functionArn,
      sameEnvironment: true,
    });
    this.importedGateway = SubmissionGateway.fromSubmitFunction(this, 'Gateway', submitFunction);
    return this.importedGateway;
  }

  public queue(name: string): IJobQueue {
    const existing = this.queues.get(name);
    if (existing !== undefined) return existing;
    const known = this.known.queue(this, name);
    const { platformName, encryptionKey } = this;
    const jobQueueArn = this.parameter(PLATFORM_PARAMETERS.queue(platformName, name));
    const schedulingPolicyArn = known.shared === true ? this.schedulingPolicyOf(name) : undefined;
    const parts = new Construct(this.queuePartScope, name);
    const imported = { parts, jobQueueArn, encryptionKey, schedulingPolicyArn };
    const queue = importedQueue(this.queueScope, name, imported, known);
    this.queues.set(name, queue);
    return queue;
  }

  public job(name: string): IBatchJob {
    const existing = this.jobs.get(name);
    if (existing !== undefined) return existing;
    const { queue, kind, shareIdentifier, submissionTags, role, team: owner } = this.known.job(this, name);
    const team = owner === undefined ? undefined : this.team(owner);
    const job = BatchJob.fromBatchJobAttributes(this.jobScope, name, {
      jobDefinitionName: this.parameter(PLATFORM_PARAMETERS.job(this.platformName, name)),
      queue: this.queue(queue),
      jobRole: role === true ? this.roleOf(name) : undefined,
      kind: kind && JobDefinitionKind[kind],
      shareIdentifier: shareIdentifier ?? team?.shareIdentifier,
      submissionTags: team === undefined ? submissionTags : { ...submissionTags, ...team.tags },
    });
    this.jobs.set(name, job);
    return job;
  }

  public team(name: string): ITeam {
    const existing = this.teams.get(name);
    if (existing !== undefined) return existing;
    const known = this.known.team(this, name);
    const team = new ImportedTeam(this.teamScope, name, this.platformName, known, (queue) => this.queue(queue));
    this.teams.set(name, team);
    return team;
  }

  /** Read where it is used only: most stacks need to know that there is one, and not its ARN. */
  private schedulingPolicyOf(queue: string): string {
    const name = PLATFORM_PARAMETERS.schedulingPolicy(this.platformName, queue);
    return new CfnDynamicReference(CfnDynamicReferenceService.SSM, name).toString();
  }

  private roleOf(job: string): iam.IRole {
    const name = this.parameter(PLATFORM_PARAMETERS.jobRole(this.platformName, job));
    const role = iam.Role.fromRoleName(this.jobRoleScope, job, name);
    acknowledge(role, 'inline-policy');
    return role;
  }

  private parameter(name: string): string {
    return StringParameter.valueForStringParameter(this, name);
  }
}
