import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { IJobQueue } from '../queue/job-queue-interface';
import { attemptTimeoutOf, defineJob } from './definition/define-job';
import { renderEcsProperties } from './container/ecs-properties';
import { JobBase } from './definition/job-base';
import { JobDefinitionKind } from './definition/job-definition-kind';
import type { JobDemand } from './job-demand';
import { checkPlaceholders } from './definition/job-parameters';
import { JobTask } from './container/job-task';
import type { MultiContainerJobProps } from './multi-container-job-props';
import { demandOf } from './container/task-size';

/**
 * A job of several containers that run together on one host: a command with its sidecars, a simulation with its sensors,
 * a command that waits for another to prepare its data.
 *
 * Resources and security are those of `BatchJob`: one job role, one execution role and one log group for all containers.
 * A job takes what its containers take together, from the start of the first to the end of the last.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/multi-container-jobs.html
 */
export class MultiContainerJob extends JobBase {
  /**
   * ARN of the job definition, with the revision that this deployment made.
   *
   * @attribute
   */
  public readonly jobDefinitionArn: string;
  /** Queue that the jobs wait in unless told otherwise. */
  public readonly queue: IJobQueue;
  /** Role of the code in all containers. */
  public readonly jobRole: iam.IRole;
  /** Who gets what is granted to the job: its job role. */
  public readonly grantPrincipal: iam.IPrincipal;
  /** Role with which ECS pulls the images, reads the secrets and writes the log. */
  public readonly executionRole: iam.IRole;
  /** How long one attempt may run. */
  public readonly attemptTimeout?: Duration;
  /** Share identifier that pipelines and gateways submit the jobs under. */
  public readonly shareIdentifier?: string;
  /** Tags of each job that is submitted. */
  public readonly submissionTags?: Record<string, string>;
  /** What one job takes at the same time: all of its containers together. */
  public readonly demands?: JobDemand[];
  /** How a submission overrides the containers: by name. */
  public readonly kind?: JobDefinitionKind;

  private readonly task: JobTask;

  public constructor(scope: Construct, id: string, props: MultiContainerJobProps) {
    super(scope, id);
    const { queue, containers } = props;
    this.task = new JobTask(this, queue, props);
    this.queue = queue;
    this.jobRole = this.task.jobRole;
    this.grantPrincipal = this.jobRole;
    this.executionRole = this.task.executionRole;
    this.attemptTimeout = attemptTimeoutOf(props);
    this.shareIdentifier = props.shareIdentifier;
    this.submissionTags = props.submissionTags;
    this.demands = demandOf(this.task, containers);
    this.kind = JobDefinitionKind.TASK;
    checkPlaceholders(this, props, ...containers.map(({ command }) => command));

    const resource = defineJob(this, props, {
      type: 'container',
      platformCapabilities: [queue.platformCapability],
      ecsProperties: renderEcsProperties(this.task, containers, props),
    });
    this.jobDefinitionArn = resource.ref;
  }

  /** Where the output of the containers goes, unless `logging` of all of them says otherwise: then there is none. */
  public get logGroup(): logs.ILogGroup {
    return this.task.logGroup;
  }
}
