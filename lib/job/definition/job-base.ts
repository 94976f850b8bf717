import { type Duration, Resource } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IJobQueue } from '../../queue/job-queue-interface';
import type { IBatchJob } from '../batch-job-interface';
import { jobDefinitionNameOf } from './job-definition-arn';
import { JobDefinitionGrants } from './job-definition-grants';
import type { JobDemand } from '../job-demand';

/** What all jobs have, whatever runs in them. @internal */
export abstract class JobBase extends Resource implements IBatchJob {
  public abstract readonly jobDefinitionArn: string;
  public abstract readonly queue: IJobQueue;
  public abstract readonly grantPrincipal: iam.IPrincipal;
  public abstract readonly attemptTimeout?: Duration;
  public abstract readonly shareIdentifier?: string;
  public abstract readonly submissionTags?: Record<string, string>;
  public abstract readonly demands?: JobDemand[];

  /**
   * Name of the job definition, without revision: a job submitted by this name uses the latest active revision.
   *
   * @attribute
   */
  public get jobDefinitionName(): string {
    return jobDefinitionNameOf(this);
  }

  /** Reference that other libraries and the L1 constructs take. */
  public get jobDefinitionRef(): batch.JobDefinitionReference {
    return { jobDefinitionArn: this.jobDefinitionArn };
  }

  /** Permissions on this job. */
  public get grants(): JobDefinitionGrants {
    return JobDefinitionGrants.fromJobDefinition(this);
  }
}
