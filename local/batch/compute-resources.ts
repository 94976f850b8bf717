import type { Reader } from '../core/reader';
import { allowOnly, checkRange, clientError, oneOf } from './checks';
import type { ComputeResources, Platform } from './compute-environment';
import { ANY_GPUS, gpuOffer, type GpuOffer, NO_GPUS } from './gpus';

const COMMON = ['type', 'maxvCpus'];
const NETWORK = ['subnets', 'securityGroupIds'];
const MANAGED_INSTANCES_ONLY = ['managedInstancesProvider', 'capacityTags'];
const EC2_ONLY = [
  'allocationStrategy',
  'minvCpus',
  'desiredvCpus',
  'instanceTypes',
  'imageId',
  'ec2KeyPair',
  'instanceRole',
  'tags',
  'placementGroup',
  'bidPercentage',
  'spotIamFleetRole',
  'launchTemplate',
  'ec2Configuration',
  'scalingPolicy',
];
const UPDATE_ONLY = ['updateToLatestImageVersion'];
const TYPES = ['EC2', 'SPOT', 'FARGATE', 'FARGATE_SPOT', 'ECS_MANAGED_INSTANCES'] as const;
const STRATEGIES = {
  EC2: ['BEST_FIT', 'BEST_FIT_PROGRESSIVE', 'BEST_FIT_PROGRESSIVE_ORDERED'],
  SPOT: [
    'BEST_FIT',
    'BEST_FIT_PROGRESSIVE',
    'SPOT_CAPACITY_OPTIMIZED',
    'SPOT_PRICE_CAPACITY_OPTIMIZED',
    'SPOT_CAPACITY_OPTIMIZED_PRIORITIZED',
  ],
} as const;

const refuse = (reader: Reader, names: readonly string[], kind: string): void => {
  for (const name of names) {
    if (reader.has(name)) throw clientError(`'computeResources.${name}' must not be given for ${kind}`);
  }
};

const checkFargate = (reader: Reader): void => {
  refuse(reader, [...EC2_ONLY, ...MANAGED_INSTANCES_ONLY], 'Fargate');
  for (const [name, limit] of [
    ['subnets', 16],
    ['securityGroupIds', 5],
  ] as const) {
    const count = reader.texts(name).length;
    if (count < 1 || count > limit) {
      throw clientError(`'computeResources.${name}' must have 1 to ${limit} entries for Fargate, got ${count}`);
    }
  }
};

/** The instance profile and the instance types of ECS Managed Instances. */
const readManagedInstances = (reader: Reader, maxvCpus: number): Pick<ComputeResources, 'instanceRole' | 'gpus'> => {
  refuse(reader, [...EC2_ONLY, ...NETWORK], 'ECS_MANAGED_INSTANCES');
  const provider = reader.record('managedInstancesProvider');
  provider.text('infrastructureRoleArn');
  const template = provider.record('instanceLaunchTemplate');
  if (template.record('networkConfiguration').texts('subnets').length === 0) {
    throw clientError("'networkConfiguration.subnets' of ECS_MANAGED_INSTANCES must have at least one entry");
  }
  const types = template.optionalRecord('instanceRequirements')?.texts('allowedInstanceTypes') ?? [];
  return { instanceRole: template.text('ec2InstanceProfileArn'), gpus: gpuOffer(types, maxvCpus) };
};

const checkEc2 = (reader: Reader, type: 'EC2' | 'SPOT', isEks: boolean): void => {
  refuse(reader, MANAGED_INSTANCES_ONLY, type);
  if (isEks && !reader.has('allocationStrategy')) {
    throw clientError("'computeResources.allocationStrategy' must be given for Amazon EKS");
  }
  if (!reader.has('instanceRole')) throw clientError(`'computeResources.instanceRole' must be given for ${type}`);
  if (reader.texts('subnets').length === 0)
    throw clientError("'computeResources.subnets' must have at least one entry");
  if (reader.texts('securityGroupIds').length === 0 && !reader.has('launchTemplate')) {
    throw clientError("'computeResources' must have 'securityGroupIds' or a 'launchTemplate' that has them");
  }
  const strategy = oneOf(
    'computeResources.allocationStrategy',
    reader.optionalText('allocationStrategy') ?? 'BEST_FIT',
    STRATEGIES[type],
  );
  if (type === 'SPOT' && strategy === 'BEST_FIT' && !reader.has('spotIamFleetRole')) {
    throw clientError(
      "'computeResources.spotIamFleetRole' must be given for SPOT with the allocation strategy BEST_FIT",
    );
  }
};

/** Without a choice of images AWS Batch takes the ones with drivers for the families with GPUs of NVIDIA. */
const readGpus = (reader: Reader, maxvCpus: number): GpuOffer => {
  const images = reader.records('ec2Configuration').map((entry) => entry.text('imageType'));
  const hasDriver = images.length === 0 || images.some((image) => image.includes('NVIDIA'));
  return hasDriver ? gpuOffer(reader.texts('instanceTypes'), maxvCpus) : NO_GPUS;
};

/** Reads and checks `computeResources`. An update is checked as the whole that it leads to. */
export const readComputeResources = (reader: Reader, isEks: boolean): ComputeResources => {
  const types = isEks ? (['EC2', 'SPOT'] as const) : TYPES;
  const type = oneOf('computeResources.type', reader.text('type'), types);
  allowOnly(reader, 'computeResources', [
    ...COMMON,
    ...NETWORK,
    ...EC2_ONLY,
    ...MANAGED_INSTANCES_ONLY,
    ...UPDATE_ONLY,
  ]);
  const maxvCpus = checkRange('computeResources.maxvCpus', reader.number('maxvCpus'), 0, Number.MAX_SAFE_INTEGER);
  const minvCpus = reader.optionalNumber('minvCpus') ?? 0;
  if (minvCpus > maxvCpus) {
    throw clientError(`'computeResources.minvCpus' must be at most maxvCpus ${maxvCpus}, got ${minvCpus}`);
  }
  if (type === 'EC2' || type === 'SPOT') checkEc2(reader, type, isEks);
  else if (type !== 'ECS_MANAGED_INSTANCES') checkFargate(reader);
  const described = Object.fromEntries(Object.entries(reader.values).filter(([name]) => !UPDATE_ONLY.includes(name)));
  return {
    type,
    maxvCpus,
    ...(type === 'ECS_MANAGED_INSTANCES'
      ? readManagedInstances(reader, maxvCpus)
      : { gpus: readGpus(reader, maxvCpus), instanceRole: reader.optionalText('instanceRole') }),
    described: { ...described, type, maxvCpus },
  };
};

/** What a person brings to an unmanaged compute environment is not known here, so every job finds room in it. */
export const UNMANAGED: ComputeResources = {
  type: 'UNMANAGED',
  maxvCpus: Number.MAX_SAFE_INTEGER,
  gpus: ANY_GPUS,
  described: {},
};

export const platformOf = ({ type }: ComputeResources, isEks: boolean): Platform => {
  if (isEks) return 'EKS';
  if (type === 'ECS_MANAGED_INSTANCES') return 'MANAGED_INSTANCES';
  return type.startsWith('FARGATE') ? 'FARGATE' : 'EC2';
};
