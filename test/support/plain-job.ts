import type { Duration } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { IJobQueue, JobDemand } from '../../lib';
import { JobBase } from '../../lib/job/definition/job-base';
import { UnknownJobRole } from '../../lib/job/unknown-job-role';

/** What else is known of the job. */
interface Known {
  readonly shareIdentifier?: string;
  readonly submissionTags?: Record<string, string>;
  readonly demands?: JobDemand[];
  readonly attemptTimeout?: Duration;
}

/** The least that is a job: shows that submissions take jobs of any kind and origin. */
export class PlainJob extends JobBase {
  public readonly jobDefinitionArn: string;
  public readonly grantPrincipal: iam.IPrincipal;
  public readonly shareIdentifier?: string;
  public readonly submissionTags?: Record<string, string>;
  public readonly demands?: JobDemand[];
  public readonly attemptTimeout?: Duration;

  public constructor(
    scope: Construct,
    id: string,
    public readonly queue: IJobQueue,
    definition: Partial<batch.CfnJobDefinitionProps>,
    known: Known = {},
  ) {
    super(scope, id);
    this.jobDefinitionArn = new batch.CfnJobDefinition(this, 'Resource', { type: 'container', ...definition }).ref;
    this.grantPrincipal = new UnknownJobRole(this);
    this.shareIdentifier = known.shareIdentifier;
    this.submissionTags = known.submissionTags;
    this.demands = known.demands;
    this.attemptTimeout = known.attemptTimeout;
  }
}

const container = { image: 'busybox' };

/** A definition with one container. */
export const ONE_CONTAINER = { containerProperties: container } as const;

/** A task of these containers. */
export const taskOf = (...names: string[]): batch.CfnJobDefinition.EcsPropertiesProperty => ({
  taskProperties: [{ containers: names.map((name) => ({ name, ...container })) }],
});

/** A pod of these containers. */
export const podOf = (...names: string[]): batch.CfnJobDefinition.EksPropertiesProperty => ({
  podProperties: { containers: names.map((name) => ({ name, ...container })) },
});

/** Nodes of one container each, in these ranges. */
export const nodesOf = (...ranges: string[]): Partial<batch.CfnJobDefinitionProps> => ({
  type: 'multinode',
  nodeProperties: {
    mainNode: 0,
    numNodes: 4,
    nodeRangeProperties: ranges.map((targetNodes) => ({ targetNodes, container })),
  },
});
