import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { IJobQueue } from '../../queue/job-queue-interface';
import { attemptTimeoutOf, defineJob } from '../definition/define-job';
import { addMetadata } from './eks-metadata';
import { demandOf } from './eks-pod-demand';
import type { PodOptions } from './eks-pod-options';
import { checkEksQueue } from './eks-queue';
import { commandsOf, renderPod } from './eks-render-pod';
import { UnknownPodRole } from './eks-unknown-role';
import { JobBase } from '../definition/job-base';
import { JobDefinitionKind } from '../definition/job-definition-kind';
import type { JobDemand } from '../job-demand';
import { checkPlaceholders } from '../definition/job-parameters';
import type { JobProps } from '../job-props';

/** What runs in a pod of Amazon EKS, and where. */
export interface EksJobProps extends JobProps, PodOptions {}

/**
 * A job definition whose jobs run as pods of an Amazon EKS cluster, one pod for each attempt.
 *
 * Resources: the job definition only. Namespace, service accounts, secrets and claims are up to the cluster, and so are
 * logs: AWS Batch removes a pod when it has ended, and what it printed is kept only if the cluster collects it.
 *
 * Security: containers are not privileged, do not run as root, cannot get more rights, cannot write to their root file
 * systems but to `/tmp`, and are on a network of their own, out of reach of the credentials of their node. What is granted
 * to the job is granted to the role of its service account. An updated definition is a new revision; old ones stay usable,
 * so that jobs on their way still start.
 */
export class EksJob extends JobBase {
  /**
   * ARN of the job definition, with the revision that this deployment made.
   *
   * @attribute
   */
  public readonly jobDefinitionArn: string;
  /** Queue that the jobs wait in unless told otherwise. */
  public readonly queue: IJobQueue;
  /** Who gets what is granted to the job: the role of its service account. */
  public readonly grantPrincipal: iam.IPrincipal;
  /** How long one attempt may run. */
  public readonly attemptTimeout?: Duration;
  /** Share identifier that pipelines and gateways submit the jobs under. */
  public readonly shareIdentifier?: string;
  /** Tags of each job that is submitted. */
  public readonly submissionTags?: Record<string, string>;
  /** What one job takes at the same time. */
  public readonly demands?: JobDemand[];
  /** How a submission overrides a part of it: as a pod. */
  public readonly kind?: JobDefinitionKind;

  public constructor(scope: Construct, id: string, props: EksJobProps) {
    super(scope, id);
    checkEksQueue(this, props.queue);

    const { podProperties, metadata } = renderPod(this, props);
    const demand = demandOf(props);
    checkPlaceholders(this, props, ...commandsOf(props));
    this.queue = props.queue;
    this.attemptTimeout = attemptTimeoutOf(props);
    this.shareIdentifier = props.shareIdentifier;
    this.submissionTags = props.submissionTags;
    this.demands = demand && [demand];
    this.kind = JobDefinitionKind.POD;
    this.grantPrincipal = props.serviceAccount?.role ?? new UnknownPodRole(this);

    const resource = defineJob(this, props, { type: 'container', eksProperties: { podProperties } });
    addMetadata(resource, 'EksProperties', metadata);
    this.jobDefinitionArn = resource.ref;
  }
}
