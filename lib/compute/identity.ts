import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { warn } from '../private/check';
import type { ComputeEnvironmentProps } from './compute-environment-props';

/** Properties of the L1 that all kinds of compute environments have. @internal */
export type Identity = Pick<batch.CfnComputeEnvironmentProps, 'computeEnvironmentName' | 'state' | 'serviceRole'>;

/** What a compute environment is called, who acts for it, and whether it takes jobs. @internal */
export function identityOf(scope: IConstruct, props: ComputeEnvironmentProps): Identity {
  if (props.computeEnvironmentName !== undefined) {
    warn(
      scope,
      `'computeEnvironmentName' stands in the way of changes that replace the compute environment: leave it out, and ` +
        'refer to the construct or to its ARN',
      'compute-physical-name',
    );
  }
  return {
    computeEnvironmentName: props.computeEnvironmentName,
    state: props.enabled === false ? 'DISABLED' : 'ENABLED',
    serviceRole: props.serviceRole?.roleArn,
  };
}
