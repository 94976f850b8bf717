import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import type { IBatchJob } from '../job/batch-job-interface';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { ISubmissionGateway } from '../submission/submission-gateway-interface';
import type { BatchPlatformGrants } from './batch-platform-grants';
import type { ITeam } from './team-interface';

/** A platform, defined here or in another stack, repository or team. */
export interface IBatchPlatform extends IConstruct {
  /** Name by which other stacks find the platform, in the parameters below `/batch-platform/<name>`. */
  readonly platformName: string;

  /** Bucket that jobs read from and write to. */
  readonly bucket: s3.IBucket;

  /** Key that encrypts objects, logs, results and messages. */
  readonly encryptionKey: kms.IKey;

  /** Takes submissions of the platform's jobs; there is none before the first job. */
  readonly gateway: ISubmissionGateway;

  /** Permissions on the platform, for principals of this account and of others. */
  readonly grants: BatchPlatformGrants;

  /** The queue of this name. */
  queue(name: string): IJobQueue;

  /** The job of this name. */
  job(name: string): IBatchJob;

  /** The team of this name. */
  team(name: string): ITeam;
}
