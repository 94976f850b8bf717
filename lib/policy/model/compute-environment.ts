import { PlatformCapability } from '../../compute/compute-environment';
import { InstanceSelection } from '../../compute/instances/instance-selection';
import type { Resource, Template, Value } from '../template/template';

/** A compute environment, as a template has it. @internal */
export interface ComputeEnvironment {
  readonly logicalId: string;
  readonly properties: Value;
  /** The part that says what AWS Batch creates; absent where the user creates it. */
  readonly resources: Value;
  readonly isManaged: boolean;
  /** What jobs run on, if that is known. */
  readonly platform?: PlatformCapability;
  /** Whether it starts EC2 instances by itself, rather than Amazon ECS. */
  readonly hasInstances: boolean;
  readonly isSpot: boolean;
  /** Instance types that it chooses from, as far as they are known. */
  readonly instances?: InstanceSelection;
  /** Whether these are all. */
  readonly isClosed: boolean;
}

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html */
const PLATFORMS: ReadonlyMap<string, PlatformCapability> = new Map([
  ['EC2', PlatformCapability.EC2],
  ['SPOT', PlatformCapability.EC2],
  ['FARGATE', PlatformCapability.FARGATE],
  ['FARGATE_SPOT', PlatformCapability.FARGATE],
  ['ECS_MANAGED_INSTANCES', PlatformCapability.MANAGED_INSTANCES],
]);

const TYPE = 'AWS::Batch::ComputeEnvironment';

/** The compute environments of a template. @internal */
export const computeEnvironmentsOf = (template: Template): ComputeEnvironment[] =>
  template.ofType(TYPE).map(computeEnvironmentOf);

/** The compute environment that a value refers to, if it is of the same template. @internal */
export function referredComputeEnvironment({ target }: Value): ComputeEnvironment | undefined {
  return target?.type === TYPE ? computeEnvironmentOf(target) : undefined;
}

function computeEnvironmentOf({ logicalId, properties }: Resource): ComputeEnvironment {
  const resources = properties.at('ComputeResources');
  const type = resources.at('Type').text?.toUpperCase();
  const isEks = !properties.at('EksConfiguration').isAbsent;
  const isManaged = properties.at('Type').text?.toUpperCase() !== 'UNMANAGED';
  const platform = isEks ? PlatformCapability.EKS : isManaged ? PLATFORMS.get(type ?? '') : PlatformCapability.EC2;
  const types = typesOf(resources);
  const names = types.texts;
  return {
    logicalId,
    properties,
    resources,
    isManaged,
    platform,
    hasInstances: isManaged && (type === 'EC2' || type === 'SPOT'),
    isSpot: type === 'SPOT' || type === 'FARGATE_SPOT',
    instances: names.length === 0 ? undefined : InstanceSelection.named(...names),
    isClosed: names.length > 0 && names.length === types.items?.length,
  };
}

/** Where the instance types are, by kind. @internal */
export function typesOf(resources: Value): Value {
  const provider = resources.at('ManagedInstancesProvider');
  return provider.isAbsent
    ? resources.at('InstanceTypes')
    : provider.at('InstanceLaunchTemplate', 'InstanceRequirements', 'AllowedInstanceTypes');
}
