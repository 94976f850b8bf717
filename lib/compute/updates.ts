import { Duration } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { UPDATE_TIMEOUT_MINUTES } from '../contracts/rules/compute';
import { checkRange, warn } from '../private/check';
import type { Ec2Capacity } from './ec2/ec2-capacity';
import type { InstanceComputeEnvironmentProps } from './instance-compute-environment-props';

/** Properties of the L1 that say how changes reach instances. @internal */
export type Updates = Pick<batch.CfnComputeEnvironmentProps, 'replaceComputeEnvironment' | 'updatePolicy'>;

/** How changes of a compute environment reach its instances. @internal */
export function updatesOf(scope: IConstruct, props: InstanceComputeEnvironmentProps, capacity: Ec2Capacity): Updates {
  const timeout = props.updateTimeout ?? Duration.minutes(30);
  const minutes = timeout.isUnresolved() ? undefined : timeout.toMinutes({ integral: false });
  checkRange(scope, 'updateTimeout', minutes, ...UPDATE_TIMEOUT_MINUTES, {
    unit: 'minutes',
    check: 'compute-update-timeout',
  });
  // CloudFormation would replace the compute environment unless told otherwise, even where it can be changed in place.
  const replaceComputeEnvironment = props.replaceComputeEnvironment ?? false;
  if (!replaceComputeEnvironment) warnOfFixed(scope, props, capacity);
  return {
    replaceComputeEnvironment,
    updatePolicy: {
      terminateJobsOnUpdate: props.terminateJobsOnUpdate ?? false,
      jobExecutionTimeoutMinutes: timeout.toMinutes(),
    },
  };
}

/** Says what makes later changes of instances fail. */
function warnOfFixed(scope: IConstruct, props: InstanceComputeEnvironmentProps, capacity: Ec2Capacity): void {
  const later = 'later changes of instance types, images or launch templates fail';
  if (capacity.allocationStrategy === 'BEST_FIT') {
    const hint = `use BEST_FIT_PROGRESSIVE, or set 'replaceComputeEnvironment'`;
    warn(scope, `with BEST_FIT AWS Batch cannot replace instances, and ${later}: ${hint}`, 'compute-best-fit');
  }
  if (props.serviceRole !== undefined) {
    const hint = `leave 'serviceRole' out, or set 'replaceComputeEnvironment'`;
    warn(
      scope,
      `AWS Batch replaces instances by its service-linked role only, and ${later}: ${hint}`,
      'compute-service-role',
    );
  }
}
