import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { SCALE_DOWN_MINUTES, SPOT_PRICE_PERCENTAGE } from '../contracts/rules/compute';
import { checkRange } from '../private/check';
import { Ec2Capacity } from './ec2/ec2-capacity';
import type { InstanceComputeEnvironmentProps } from './instance-compute-environment-props';
import type { InstanceSelection } from './instances/instance-selection';
import { checkVcpus, DEFAULT_MAX_VCPUS } from './vcpus';

/** Properties of the L1 that all EC2 instances have, those of Amazon ECS and of Amazon EKS. @internal */
export type InstanceResources = Pick<
  batch.CfnComputeEnvironment.ComputeResourcesProperty,
  | 'type'
  | 'allocationStrategy'
  | 'bidPercentage'
  | 'minvCpus'
  | 'maxvCpus'
  | 'instanceTypes'
  | 'updateToLatestImageVersion'
  | 'scalingPolicy'
  | 'ec2KeyPair'
  | 'tags'
>;

/** Which instances, how many, and how they are bought. @internal */
export function instanceResourcesOf(
  scope: IConstruct,
  props: InstanceComputeEnvironmentProps,
  instances: InstanceSelection,
  capacity: Ec2Capacity = Ec2Capacity.onDemand(),
): InstanceResources {
  const maxvCpus = props.maxvCpus ?? DEFAULT_MAX_VCPUS;
  const minvCpus = props.minvCpus ?? 0;
  checkVcpus(scope, maxvCpus, minvCpus);
  const { maxPricePercentage: bidPercentage, resourceType: type, allocationStrategy } = capacity;
  checkRange(scope, 'maxPricePercentage', bidPercentage, ...SPOT_PRICE_PERCENTAGE, {
    check: 'compute-spot-price',
  });
  return {
    type,
    allocationStrategy,
    bidPercentage,
    minvCpus,
    maxvCpus,
    instanceTypes: instances.instanceTypes,
    updateToLatestImageVersion: props.updateToLatestImageVersion ?? true,
    scalingPolicy: scalingPolicyOf(scope, props),
    ec2KeyPair: props.keyPair?.keyPairName,
    tags: props.instanceTags,
  };
}

function scalingPolicyOf(
  scope: IConstruct,
  { scaleDownDelay }: InstanceComputeEnvironmentProps,
): InstanceResources['scalingPolicy'] {
  if (scaleDownDelay === undefined) return undefined;
  const minutes = scaleDownDelay.isUnresolved() ? undefined : scaleDownDelay.toMinutes({ integral: false });
  checkRange(scope, 'scaleDownDelay', minutes, ...SCALE_DOWN_MINUTES, {
    unit: 'minutes',
    check: 'compute-scale-down-delay',
  });
  return { minScaleDownDelayMinutes: scaleDownDelay.toMinutes() };
}
