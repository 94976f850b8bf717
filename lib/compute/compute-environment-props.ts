import type * as iam from 'aws-cdk-lib/aws-iam';

/** What all compute environments have in common. */
export interface ComputeEnvironmentProps {
  /**
   * Physical name, up to 128 letters, digits, hyphens and underscores.
   *
   * A name stands in the way of changes: CloudFormation cannot replace what has one. Changing it replaces the compute
   * environment (warning `compute-physical-name`).
   *
   * @default - a name made by CloudFormation
   */
  readonly computeEnvironmentName?: string;

  /**
   * Whether it takes jobs from its queues. Disabled, it lets running jobs end; the instances of `minvCpus` stay. Changed
   * in place.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Role that AWS Batch itself acts as; it must trust `batch.amazonaws.com`.
   *
   * With a role of your own AWS Batch cannot replace the instances of a compute environment: changes of instance types,
   * images or launch templates fail (warning `compute-service-role`). It cannot be exchanged for the service-linked role
   * later, nor the other way round (https://docs.aws.amazon.com/batch/latest/userguide/infrastructure-updates.html).
   *
   * @default - the service-linked role AWSServiceRoleForBatch, which AWS Batch creates when it is needed
   */
  readonly serviceRole?: iam.IRole;

  /**
   * Tags of the compute environment itself, not of its instances or jobs. **Any change replaces it.** Tags of the app or
   * of the stack never get here, so that they replace nothing.
   *
   * @default - no tags
   */
  readonly tags?: Record<string, string>;
}
