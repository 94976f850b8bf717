import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { fail } from '../../private/check';
import type { IJobQueue } from '../../queue/job-queue-interface';
import { attemptTimeoutOf, defineJob } from '../definition/define-job';
import { addMetadata } from './eks-metadata';
import type { EksMultiNodeJobProps } from './eks-multi-node-job-props';
import { demandOf } from './eks-pod-demand';
import type { PodGroup } from './eks-pod-group';
import { checkEksQueue } from './eks-queue';
import { commandsOf } from './eks-render-pod';
import { UnknownPodRole } from './eks-unknown-role';
import { JobBase } from '../definition/job-base';
import { JobDefinitionKind } from '../definition/job-definition-kind';
import type { JobDemand } from '../job-demand';
import { checkPlaceholders } from '../definition/job-parameters';
import { renderNodeProperties } from '../multi-node/node-properties';

/**
 * A job that runs on several instances of Amazon EKS at once, one pod on each, which work on one problem together.
 *
 * All nodes start at once or not at all: the compute environment must have room for all of them, on demand. The job ends as
 * its main node does. Resources and security are those of `EksJob`.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/mnp-eks-jobs.html
 */
export class EksMultiNodeJob extends JobBase {
  /**
   * ARN of the job definition, with the revision that this deployment made.
   *
   * @attribute
   */
  public readonly jobDefinitionArn: string;
  /** Queue that the jobs wait in unless told otherwise. */
  public readonly queue: IJobQueue;
  /** Who gets what is granted to the job: the role of the service account that its pods have in common. */
  public readonly grantPrincipal: iam.IPrincipal;
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

  public constructor(scope: Construct, id: string, props: EksMultiNodeJobProps) {
    super(scope, id);
    const { queue, nodeGroups } = props;
    checkEksQueue(this, queue);
    const rendered = nodeGroups.map((group) => group._render(this));
    const ranges = rendered.map(({ range }) => range);
    const nodeProperties = renderNodeProperties(this, props, ranges);

    this.queue = queue;
    this.grantPrincipal = roleOf(this, nodeGroups) ?? new UnknownPodRole(this);
    this.attemptTimeout = attemptTimeoutOf(props);
    this.shareIdentifier = props.shareIdentifier;
    this.submissionTags = props.submissionTags;
    this.demands = demandsOf(nodeGroups);
    this.kind = JobDefinitionKind.MULTI_NODE;
    checkPlaceholders(this, props, ...nodeGroups.flatMap(({ _pod }) => commandsOf(_pod)));

    const resource = defineJob(this, props, { type: 'multinode', nodeProperties });
    rendered.forEach(({ metadata }, index) => {
      addMetadata(resource, `NodeProperties.NodeRangeProperties.${index}.EksProperties`, metadata);
    });
    this.jobDefinitionArn = resource.ref;
  }
}

/** What is granted to the job goes to one role: pods with different ones have to be granted theirs. */
function roleOf(scope: Construct, nodeGroups: readonly PodGroup[]): iam.IRole | undefined {
  const roles = new Set(nodeGroups.map(({ _pod }) => _pod.serviceAccount?.role));
  if (roles.size > 1) {
    throw fail(
      scope,
      'all pods of a job must have service accounts with one role, as what is granted to the job is granted to it: use ' +
        `the same 'serviceAccount' in all 'nodeGroups'`,
      'job-eks-service-account',
    );
  }
  const [role] = roles;
  return role;
}

function demandsOf(nodeGroups: readonly PodGroup[]): JobDemand[] | undefined {
  const demands = nodeGroups.flatMap(({ count, _pod }) => {
    const demand = demandOf(_pod);
    return demand === undefined ? [] : [{ ...demand, nodes: count }];
  });
  return demands.length === nodeGroups.length ? demands : undefined;
}
