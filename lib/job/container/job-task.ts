import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { PlatformCapability } from '../../compute/compute-environment';
import { fail } from '../../private/check';
import { encryptedLogGroup } from '../../private/encrypted-log-group';
import type { IJobQueue } from '../../queue/job-queue-interface';
import { grantBucketRead, grantBucketWrite } from '../bucket-access';
import { allowExecuteCommand } from './execute-command';
import type { SingleTaskOptions } from './task-options';
import { taskRole } from './task-role';

/** What all containers of a job on ECS share: its roles and its log. @internal */
export class JobTask {
  /** What the job runs on. */
  public readonly platform: PlatformCapability;
  /** Role of the code in the containers. */
  public readonly jobRole: iam.IRole;
  /** Role with which ECS pulls images, reads secrets and writes the log. */
  public readonly executionRole: iam.IRole;
  /** Whether the images are made for Windows. */
  public readonly isWindows: boolean;

  private ownLogGroup?: logs.LogGroup;

  public constructor(
    public readonly scope: Construct,
    public readonly queue: IJobQueue,
    public readonly options: SingleTaskOptions,
  ) {
    this.platform = queue.platformCapability;
    if (this.platform === PlatformCapability.EKS) {
      throw fail(
        scope,
        `the job is made for ECS, its queue is one of EKS: use EksJob, or another queue`,
        'fit-platform',
      );
    }
    this.isWindows = options.fargate?.operatingSystem?.isWindows() ?? false;
    this.jobRole = options.jobRole ?? taskRole(scope, 'JobRole', 'Role of the code in the container');
    this.executionRole =
      options.executionRole ?? taskRole(scope, 'ExecutionRole', 'Pulls the image, reads secrets and writes the log');
    for (const bucket of options.reads ?? []) grantBucketRead(bucket, this.jobRole);
    for (const bucket of options.writes ?? []) grantBucketWrite(bucket, this.jobRole);
    if (options.enableExecuteCommand === true) allowExecuteCommand(this.jobRole);
  }

  /** Where the output of the containers goes, unless they all say otherwise. */
  public get logGroup(): logs.ILogGroup {
    if (this.ownLogGroup === undefined) {
      throw fail(this.scope, `the job has no log group of its own, as 'logging' sends the output elsewhere`);
    }
    return this.ownLogGroup;
  }

  /** The log group of the job, defined for the first container that writes to it. */
  public readonly requireLogGroup = (): logs.ILogGroup => {
    this.ownLogGroup ??= encryptedLogGroup(this.scope, 'Logs', this.options.encryptionKey ?? this.queue.encryptionKey, {
      retention: this.options.logRetention,
    });
    return this.ownLogGroup;
  };
}
