import { type Duration, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { PlatformCapability } from '../compute/compute-environment';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { BatchJobAttributes } from './batch-job-attributes';
import type { IBatchJob } from './batch-job-interface';
import type { BatchJobProps } from './batch-job-props';
import { attemptTimeoutOf, defineJob } from './definition/define-job';
import { renderEcsProperties } from './container/ecs-properties';
import { JobBase } from './definition/job-base';
import { JobDefinitionKind } from './definition/job-definition-kind';
import type { JobDemand } from './job-demand';
import { checkPlaceholders } from './definition/job-parameters';
import { JobTask } from './container/job-task';
import { renderContainerProperties } from './container/render-container-properties';
import { demandOf } from './container/task-size';
import { UnknownJobRole } from './unknown-job-role';

/** Name that AWS Batch itself gives the container of a job that has one. */
const ONLY_CONTAINER = 'default';

/**
 * A job of one container: a job definition with everything it needs to run: roles, log, size, timeout, retry strategy.
 *
 * Resources: the job definition, a job role, an execution role and a log group, none of which costs anything while
 * nothing runs; stored logs are paid by GB (https://aws.amazon.com/cloudwatch/pricing/).
 *
 * Security: the container is not privileged, does not run as root, on EC2 cannot write to its root file system but to `/tmp`,
 * and has an init process that passes signals on and reaps processes. Both roles trust ECS tasks of this account and Region only. An updated definition is a new revision;
 * old ones stay usable, so that jobs on their way still start.
 */
export class BatchJob extends JobBase {
  /** A job of any kind whose definition exists outside of this app. */
  public static fromBatchJobAttributes(scope: Construct, id: string, attributes: BatchJobAttributes): IBatchJob {
    const { jobDefinitionName: name, queue, jobRole } = attributes;
    class Imported extends JobBase {
      public readonly jobDefinitionArn = Stack.of(scope).formatArn({
        service: 'batch',
        resource: 'job-definition',
        resourceName: name,
      });
      public readonly queue = queue;
      public readonly grantPrincipal = jobRole ?? new UnknownJobRole(this);
      public readonly attemptTimeout = undefined;
      public readonly shareIdentifier = attributes.shareIdentifier;
      public readonly submissionTags = attributes.submissionTags;
      public readonly demands = undefined;
      public readonly kind = attributes.kind;

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
  /** How long one attempt may run. */
  public readonly attemptTimeout?: Duration;
  /** Share identifier that pipelines and gateways submit the jobs under. */
  public readonly shareIdentifier?: string;
  /** Tags of each job that is submitted. */
  public readonly submissionTags?: Record<string, string>;
  /** What one job takes at the same time. */
  public readonly demands?: JobDemand[];
  /** How a submission overrides the container: by name on ECS Managed Instances, where it is `default`. */
  public readonly kind?: JobDefinitionKind;

  private readonly task: JobTask;

  public constructor(scope: Construct, id: string, props: BatchJobProps) {
    super(scope, id);
    const { queue } = props;
    const isManaged = queue.platformCapability === PlatformCapability.MANAGED_INSTANCES;
    this.task = new JobTask(this, queue, props);
    this.queue = queue;
    this.jobRole = this.task.jobRole;
    this.grantPrincipal = this.jobRole;
    this.executionRole = this.task.executionRole;
    this.attemptTimeout = attemptTimeoutOf(props);
    this.shareIdentifier = props.shareIdentifier;
    this.submissionTags = props.submissionTags;
    this.demands = demandOf(this.task, [props]);
    this.kind = isManaged ? JobDefinitionKind.TASK : JobDefinitionKind.CONTAINER;
    checkPlaceholders(this, props, props.command);

    const resource = defineJob(this, props, {
      type: 'container',
      platformCapabilities: [queue.platformCapability],
      ...(isManaged
        ? { ecsProperties: renderEcsProperties(this.task, [{ ...props, name: ONLY_CONTAINER }]) }
        : { containerProperties: renderContainerProperties(this.task, props) }),
    });
    this.jobDefinitionArn = resource.ref;
  }

  /** Where the output of the container goes, unless `logging` says otherwise: then there is none. */
  public get logGroup(): logs.ILogGroup {
    return this.task.logGroup;
  }
}
