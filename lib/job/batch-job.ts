import { Duration, Resource, Size, Stack, Tokenization } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { fail } from '../private/check';
import { encryptedLogGroup } from '../private/encrypted-log-group';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { BatchJobAttributes } from './batch-job-attributes';
import type { IBatchJob } from './batch-job-interface';
import type { BatchJobProps } from './batch-job-props';
import { grantBucketRead, grantBucketWrite } from './bucket-access';
import { renderImage } from './container-image';
import { jobDefinitionNameOf } from './job-definition-arn';
import { JobDefinitionGrants } from './job-definition-grants';
import { validateDefinitionSize } from './job-definition-size';
import { renderEnvironment, renderSecrets } from './job-environment';
import { JobRetry } from './job-retry';
import { JobSize } from './job-size';
import { checkJobSize } from './job-size-check';
import { taskRole } from './task-role';

/** Shortest time that an attempt can be given (https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html). */
const MIN_TIMEOUT_SECONDS = 60;

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
export class BatchJob extends Resource implements IBatchJob {
  /** A job whose definition exists outside of this app. */
  public static fromBatchJobAttributes(scope: Construct, id: string, attributes: BatchJobAttributes): IBatchJob {
    const { jobDefinitionName: name, queue, jobRole } = attributes;
    class Imported extends Resource implements IBatchJob {
      public readonly jobDefinitionArn = Stack.of(scope).formatArn({
        service: 'batch',
        resource: 'job-definition',
        resourceName: name,
      });
      public readonly jobDefinitionRef = { jobDefinitionArn: this.jobDefinitionArn };
      public readonly jobDefinitionName = name;
      public readonly queue = queue;
      public readonly grantPrincipal = jobRole ?? new iam.UnknownPrincipal({ resource: this });
      public readonly grants = JobDefinitionGrants.fromJobDefinition(this);
    }
    return new Imported(scope, id);
  }

  /**
   * ARN of the job definition, with the revision that this deployment made.
   *
   * @attribute
   */
  public readonly jobDefinitionArn: string;
  /**
   * Name of the job definition, without revision: a job submitted by this name uses the latest active revision.
   *
   * @attribute
   */
  public readonly jobDefinitionName: string;
  /** The job definition as other libraries refer to it. */
  public readonly jobDefinitionRef: batch.JobDefinitionReference;
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
  /** Permissions on this job. */
  public readonly grants: JobDefinitionGrants;

  public constructor(scope: Construct, id: string, props: BatchJobProps) {
    super(scope, id);
    const { queue, environment, parameters } = props;
    const platform = queue.platformCapability;
    const size = props.size ?? JobSize.of(1, Size.gibibytes(2));
    const timeout = props.timeout ?? Duration.hours(1);
    const retry = props.retry ?? JobRetry.of();
    checkJobSize(this, size, platform);
    this.checkTimeout(timeout);

    this.queue = queue;
    this.attemptTimeout = timeout;
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

    const definition: batch.CfnJobDefinitionProps = {
      type: 'container',
      platformCapabilities: [platform],
      propagateTags: true,
      parameters,
      timeout: { attemptDurationSeconds: timeout.toSeconds() },
      retryStrategy: retry._render(this, platform),
      resourceRetentionPolicy: { skipDeregisterOnUpdate: true },
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
    };
    const resource = new batch.CfnJobDefinition(this, 'Resource', definition);
    this.node.addValidation({ validate: () => validateDefinitionSize(this, definition) });

    this.jobDefinitionArn = resource.ref;
    this.jobDefinitionRef = { jobDefinitionArn: this.jobDefinitionArn };
    this.jobDefinitionName = jobDefinitionNameOf(this);
    this.grants = JobDefinitionGrants.fromJobDefinition(this);
  }

  private checkTimeout(timeout: Duration): void {
    if (timeout.isUnresolved()) return;
    const seconds = timeout.toSeconds({ integral: false });
    if (seconds >= MIN_TIMEOUT_SECONDS && Number.isInteger(seconds)) return;
    throw fail(
      this,
      `'timeout' must be whole seconds, at least ${MIN_TIMEOUT_SECONDS}, got ${timeout.toHumanString()}`,
    );
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
