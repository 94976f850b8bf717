import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { PlatformCapability } from '../../compute/compute-environment';
import { fail } from '../../private/check';
import type { IJobQueue } from '../../queue/job-queue-interface';
import { attemptTimeoutOf, defineJob } from '../definition/define-job';
import { JobBase } from '../definition/job-base';
import { JobDefinitionKind } from '../definition/job-definition-kind';
import type { JobDemand } from '../job-demand';
import { checkPlaceholders } from '../definition/job-parameters';
import { JobTask } from '../container/job-task';
import type { MultiNodeJobProps } from './multi-node-job-props';
import { nodeDemandsOf, renderNodeProperties } from './node-properties';

/**
 * A job that runs on several instances at once, which work on one problem together, as by MPI or in distributed training.
 *
 * All nodes start at once or not at all: the compute environment must have room for all of them. The job ends as its main
 * node does; that one finds the others, and they find it, by the variables that AWS Batch sets
 * (`AWS_BATCH_JOB_NODE_INDEX`, `AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS`, ...). Nodes run on EC2 on demand, one on
 * each instance. How near they are to each other is up to the compute environment.
 *
 * Resources and security are those of `BatchJob`: one job role, one execution role and one log group for all nodes.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/multi-node-parallel-jobs.html
 */
export class MultiNodeJob extends JobBase {
  /**
   * ARN of the job definition, with the revision that this deployment made.
   *
   * @attribute
   */
  public readonly jobDefinitionArn: string;
  /** Queue that the jobs wait in unless told otherwise. */
  public readonly queue: IJobQueue;
  /** Role of the code on all nodes. */
  public readonly jobRole: iam.IRole;
  /** Who gets what is granted to the job: its job role. */
  public readonly grantPrincipal: iam.IPrincipal;
  /** Role with which ECS pulls the images, reads the secrets and writes the log. */
  public readonly executionRole: iam.IRole;
  /** How long one attempt of the whole job may run. */
  public readonly attemptTimeout?: Duration;
  /** Share identifier that pipelines and gateways submit the jobs under. */
  public readonly shareIdentifier?: string;
  /** Tags of each job that is submitted. */
  public readonly submissionTags?: Record<string, string>;
  /** What one job takes at the same time: one entry for each group of nodes. */
  public readonly demands?: JobDemand[];
  /** How a submission overrides a part of it: by ranges of nodes. */
  public readonly kind?: JobDefinitionKind;

  private readonly task: JobTask;

  public constructor(scope: Construct, id: string, props: MultiNodeJobProps) {
    super(scope, id);
    const { queue, nodeGroups } = props;
    if (queue.platformCapability !== PlatformCapability.EC2) {
      throw fail(
        this,
        `a multi-node parallel job runs on EC2 only, jobs of its queue on ${queue.platformCapability}: use a queue of ` +
          'on-demand instances, or EksMultiNodeJob for EKS',
        'fit-multi-node',
      );
    }
    this.task = new JobTask(this, queue, props);
    this.queue = queue;
    this.jobRole = this.task.jobRole;
    this.grantPrincipal = this.jobRole;
    this.executionRole = this.task.executionRole;
    this.attemptTimeout = attemptTimeoutOf(props);
    this.shareIdentifier = props.shareIdentifier;
    this.submissionTags = props.submissionTags;
    this.demands = nodeDemandsOf(this.task, nodeGroups);
    this.kind = JobDefinitionKind.MULTI_NODE;
    checkPlaceholders(this, props, ...nodeGroups.flatMap((group) => group._containers.map(({ command }) => command)));

    const resource = defineJob(this, props, {
      type: 'multinode',
      platformCapabilities: [queue.platformCapability],
      nodeProperties: renderNodeProperties(
        this,
        props,
        nodeGroups.map((group) => group._render(this.task)),
      ),
    });
    this.jobDefinitionArn = resource.ref;
  }

  /** Where the output of the containers goes, unless `logging` of all of them says otherwise: then there is none. */
  public get logGroup(): logs.ILogGroup {
    return this.task.logGroup;
  }
}
