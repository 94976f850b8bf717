import { PlatformCapability } from '../../compute/compute-environment';
import {
  isKubernetesVersion,
  MAX_SECURITY_GROUPS,
  MAX_SUBNETS_ON_FARGATE,
  SCALE_DOWN_MINUTES,
  SCALE_IN_SECONDS,
  SPOT_PRICE_PERCENTAGE,
  UPDATE_TIMEOUT_MINUTES,
} from '../../contracts/rules/compute';
import { isLabel, isReservedNamespace } from '../../contracts/rules/kubernetes';
import { type ComputeEnvironment, computeEnvironmentsOf } from '../model/compute-environment';
import { counted, type Finding, given, matching, named, rulesOf, type TemplateRule, unless, within } from '../rule';
import type { Value } from '../template/template';

const rule = rulesOf(computeEnvironmentsOf);

/** Is a compute environment of a template one that AWS Batch creates and can change? @internal */
export const COMPUTE_RULES: readonly TemplateRule[] = [
  rule('compute-vcpus', 'give whole numbers, and minvCpus of at most maxvCpus', vcpus),
  rule('compute-physical-name', 'leave the name out', ({ properties }) => [
    named(properties.at('ComputeEnvironmentName')),
  ]),
  rule('compute-service-role', 'leave the role out, or set ReplaceComputeEnvironment', serviceRole),
  rule('compute-best-fit', 'use BEST_FIT_PROGRESSIVE, or set ReplaceComputeEnvironment', bestFit),
  rule('compute-spot-best-fit', 'use SPOT_PRICE_CAPACITY_OPTIMIZED', spotBestFit),
  rule('compute-fargate-update', 'leave UpdatePolicy and ReplaceComputeEnvironment out on Fargate', fargateUpdate),
  rule('compute-subnets', `name at least one subnet, at most ${MAX_SUBNETS_ON_FARGATE} on Fargate`, subnetCount),
  rule('compute-single-zone', 'name subnets of several availability zones', singleZone),
  rule('compute-security-groups', `name 1 to ${MAX_SECURITY_GROUPS} security groups`, securityGroups),
  rule('compute-update-timeout', 'give 1 minute to 7,200 minutes', ({ properties }) => [
    within(properties.at('UpdatePolicy', 'JobExecutionTimeoutMinutes'), UPDATE_TIMEOUT_MINUTES),
  ]),
  rule('compute-scale-down-delay', 'give 20 to 10,080 minutes', ({ resources }) => [
    within(resources.at('ScalingPolicy', 'MinScaleDownDelayMinutes'), SCALE_DOWN_MINUTES),
  ]),
  rule('compute-scale-in', 'give 0 to 3,600 seconds, or -1', ({ resources }) => {
    const seconds = resources.at('ManagedInstancesProvider', 'InfrastructureOptimization', 'ScaleInAfter');
    return [seconds.number === -1 ? undefined : within(seconds, SCALE_IN_SECONDS)];
  }),
  rule('compute-spot-price', 'give 1 to 100, or leave it out', ({ resources }) => [
    within(resources.at('BidPercentage'), SPOT_PRICE_PERCENTAGE),
  ]),
  rule('compute-eks-namespace', 'create a namespace for jobs and name it', ({ properties }) => [
    matching(
      properties.at('EksConfiguration', 'KubernetesNamespace'),
      (name) => isLabel(name) && !isReservedNamespace(name),
    ),
  ]),
  rule('compute-eks-strategy', 'use BEST_FIT_PROGRESSIVE', ({ platform, resources }) => {
    const strategy = resources.at('AllocationStrategy');
    return [platform === PlatformCapability.EKS ? matching(strategy, (text) => text !== 'BEST_FIT') : undefined];
  }),
  rule('compute-eks-kubernetes-version', "give a version such as '1.34'", ({ resources }) =>
    (resources.at('Ec2Configuration').items ?? []).map((image) =>
      matching(image.at('ImageKubernetesVersion'), isKubernetesVersion),
    ),
  ),
];

function* vcpus({ properties, resources }: ComputeEnvironment): Iterable<Finding | undefined> {
  const [min, max] = [resources.at('MinvCpus'), resources.at('MaxvCpus')];
  yield within(properties.at('UnmanagedvCpus'), [0, Infinity]);
  yield within(min, [0, Infinity]);
  yield within(max, [1, Infinity]);
  if (min.number !== undefined && max.number !== undefined) {
    yield unless(min.number <= max.number, min, `and MaxvCpus is ${max.number}`);
  }
}

/** CloudFormation replaces compute environments unless told otherwise. */
const isChangedInPlace = ({ properties }: ComputeEnvironment): boolean =>
  properties.at('ReplaceComputeEnvironment').flag === false;

function* serviceRole(environment: ComputeEnvironment): Iterable<Finding | undefined> {
  const role = environment.properties.at('ServiceRole');
  if (!environment.hasInstances || !isChangedInPlace(environment)) return;
  if (role.target?.type === 'AWS::IAM::Role') yield { at: role, message: `${role.name} is ${role.target.logicalId}` };
  yield matching(role, (arn) => arn.includes('AWSServiceRoleForBatch'));
}

/** What AWS Batch chooses by unless told otherwise, on Amazon ECS. */
const strategyOf = ({ resources }: ComputeEnvironment): string | undefined => {
  const strategy = resources.at('AllocationStrategy');
  return strategy.isAbsent ? 'BEST_FIT' : strategy.text;
};

const isBestFit = (environment: ComputeEnvironment): boolean =>
  environment.hasInstances && environment.platform === PlatformCapability.EC2 && strategyOf(environment) === 'BEST_FIT';

function* bestFit(environment: ComputeEnvironment): Iterable<Finding> {
  if (isBestFit(environment) && isChangedInPlace(environment))
    yield given(environment.resources.at('AllocationStrategy'));
}

function* spotBestFit(environment: ComputeEnvironment): Iterable<Finding> {
  if (!environment.isSpot || !isBestFit(environment)) return;
  const role = environment.resources.at('SpotIamFleetRole');
  if (role.isAbsent) yield given(role);
  const policies = role.target?.properties.at('ManagedPolicyArns');
  if (policies?.isAbsent === true) yield { at: role, message: `${role.name} is a role without managed policies` };
}

function* fargateUpdate({ platform, properties }: ComputeEnvironment): Iterable<Finding> {
  if (platform !== PlatformCapability.FARGATE) return;
  for (const name of ['ReplaceComputeEnvironment', 'UpdatePolicy']) {
    const value = properties.at(name);
    if (!value.isAbsent && !(name === 'ReplaceComputeEnvironment' && value.flag === true)) yield given(value);
  }
}

const placesOf = ({ resources }: ComputeEnvironment): Value => {
  const provider = resources.at('ManagedInstancesProvider');
  return provider.isAbsent ? resources : provider.at('InstanceLaunchTemplate', 'NetworkConfiguration');
};

function* subnetCount(environment: ComputeEnvironment): Iterable<Finding | undefined> {
  if (!environment.isManaged) return;
  const most = environment.platform === PlatformCapability.FARGATE ? MAX_SUBNETS_ON_FARGATE : Infinity;
  yield counted(placesOf(environment).at('Subnets'), [1, most]);
}

/** Instances close to each other are in one zone on purpose. */
function* singleZone(environment: ComputeEnvironment): Iterable<Finding> {
  if (!environment.isManaged || !environment.resources.at('PlacementGroup').isAbsent) return;
  const subnets = placesOf(environment).at('Subnets');
  const zones = subnets.items?.map(({ target }) => target?.properties.at('AvailabilityZone'));
  const isOne =
    zones?.length === 1 ||
    ((zones?.length ?? 0) > 1 && zones?.every((zone) => zone !== undefined && zones[0]?.equals(zone) === true));
  if (isOne === true) yield { at: subnets, message: `${subnets.name} lie in one zone` };
}

/** A launch template may bring security groups instead. */
function* securityGroups(environment: ComputeEnvironment): Iterable<Finding | undefined> {
  if (!environment.isManaged) return;
  const groups = placesOf(environment).at('SecurityGroupIds');
  const others = placesOf(environment).at('SecurityGroups');
  const isOptional = !environment.resources.at('LaunchTemplate').isAbsent || !others.isAbsent;
  yield counted(groups, [isOptional ? 0 : 1, MAX_SECURITY_GROUPS]);
  yield counted(others, [0, MAX_SECURITY_GROUPS]);
}
