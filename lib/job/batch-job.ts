import { type Duration, Size, Stack, Tokenization } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { encryptedLogGroup } from '../private/encrypted-log-group';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { BatchJobAttributes } from './batch-job-attributes';
import type { IBatchJob } from './batch-job-interface';
import type { BatchJobProps } from './batch-job-props';
import { grantBucketRead, grantBucketWrite } from './bucket-access';
import { renderImage } from './container-image';
import { attemptTimeoutOf, defineJob } from './define-job';
import { JobBase } from './job-base';
import type { JobDemand } from './job-demand';
import { renderEnvironment, renderSecrets } from './job-environment';
import { JobSize } from './job-size';
import { checkJobSize } from './job-size-check';
import { taskRole } from './task-role';

/**
 * A job definition with everything it needs to run: roles, log, size, timeout and retry strategy.
 *
 * Resources: the job definition, a job role, an execution role and a log group, none of which costs anything while
 * nothing runs; stored logs are paid by GB (https://aws.amazon.com/cloudwatch/pricing/).
 *
 * Security: the container is not privileged, does not run as root and has an init process that passes signals on and
 * reaps processes. Both roles trust ECS tasks of this account and Region only. An updated definition is a new revision;
 * old ones stay usable, so that jobs on their way still start.
 */
export class BatchJob extends JobBase {
  /** A job whose definition exists outside of this app. */
  public static fromBatchJobAttributes(scope: Construct, id: string, attributes: BatchJobAttributes): IBatchJob {
    const { jobDefinitionName: name, queue, jobRole } = attributes;
    class Imported extends JobBase {
      public readonly jobDefinitionArn = Stack.of(scope).formatArn({
        service: 'batch',
        resource: 'job-definition',
        resourceName: name,
      });
      public readonly queue = queue;
      public readonly grantPrincipal = jobRole ?? new iam.UnknownPrincipal({ resource: this });
      public readonly attemptTimeout = undefined;
      public readonly shareIdentifier = attributes.shareIdentifier;
      public readonly demands = undefined;

      public override get jobDefinitionName(): string {
        return name;
      }
    }
    return new Imported(scope, id);
  }

  /**
   * ARN of the job definition, with the revision that this deployment made.
   *
   * @attribute
   */
  public readonly jobDefinitionArn: string;
  /** Queue that the jobs wait in unless told otherwise. */
  public readonly queue: IJobQueue;
  /** Role of the code in the container. */
  public readonly jobRole: iam.IRole;
  /** Who gets what is granted to the job: its job role. */
  public readonly grantPrincipal: iam.IPrincipal;
  /** Role with which ECS pulls the image, reads the secrets and writes the log. */
  public readonly executionRole: iam.IRole;
  /** Where the output of the containers goes. */
  public readonly logGroup: logs.ILogGroup;
  /** How long one attempt may run. */
  public readonly attemptTimeout?: Duration;
  /** Share identifier that pipelines and gateways submit the jobs under. */
  public readonly shareIdentifier?: string;
  /** What one job takes at the same time. */
  public readonly demands?: JobDemand[];

  public constructor(scope: Construct, id: string, props: BatchJobProps) {
    super(scope, id);
    const { queue, environment } = props;
    const platform = queue.platformCapability;
    const size = props.size ?? JobSize.of(1, Size.gibibytes(2));
    checkJobSize(this, size, platform);

    this.queue = queue;
    this.attemptTimeout = attemptTimeoutOf(props);
    this.shareIdentifier = props.shareIdentifier;
    this.demands = [size];
    this.jobRole = props.jobRole ?? taskRole(this, 'JobRole', 'Role of the code in the container');
    this.grantPrincipal = this.jobRole;
    this.executionRole =
      props.executionRole ?? taskRole(this, 'ExecutionRole', 'Pulls the image, reads secrets and writes the log');
    this.logGroup = encryptedLogGroup(this, 'Logs', props.encryptionKey ?? queue.encryptionKey, {
      retention: props.logRetention,
    });
    this.logGroup.grantWrite(this.executionRole);
    for (const bucket of props.reads ?? []) grantBucketRead(bucket, this.jobRole);
    for (const bucket of props.writes ?? []) grantBucketWrite(bucket, this.jobRole);

    const resource = defineJob(this, props, {
      type: 'container',
      platformCapabilities: [platform],
      containerProperties: {
        ...renderImage(this, props.image, this.executionRole),
        command: props.command,
        environment: renderEnvironment(this, environment),
        secrets: renderSecrets(this, props.secrets, environment, this.executionRole),
        resourceRequirements: renderSize(size),
        jobRoleArn: this.jobRole.roleArn,
        executionRoleArn: this.executionRole.roleArn,
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': this.logGroup.logGroupName, 'awslogs-region': Stack.of(this).region },
        },
        linuxParameters: { initProcessEnabled: true },
        readonlyRootFilesystem: props.readonlyRootFilesystem ?? false,
        user: props.user ?? '1000:1000',
      },
    });
    this.jobDefinitionArn = resource.ref;
  }
}

function renderSize(size: JobSize): batch.CfnJobDefinition.ResourceRequirementProperty[] {
  const { vcpus, memory, gpus } = size;
  const requirements = [
    { type: 'VCPU', value: Tokenization.stringifyNumber(vcpus) },
    { type: 'MEMORY', value: Tokenization.stringifyNumber(memory.toMebibytes()) },
  ];
  if (gpus === undefined) return requirements;
  return [...requirements, { type: 'GPU', value: Tokenization.stringifyNumber(gpus) }];
}
