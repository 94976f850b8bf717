import { notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import { allowOnly, checkRange, clientError, oneOf } from './checks';
import type { ComputeResources } from './compute-environment';

const COMMON = ['type', 'maxvCpus', 'subnets', 'securityGroupIds'];
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

const checkFargate = (reader: Reader): void => {
  for (const name of EC2_ONLY) {
    if (reader.has(name)) throw clientError(`'computeResources.${name}' must not be given for Fargate`);
  }
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

const checkEc2 = (reader: Reader, type: 'EC2' | 'SPOT'): void => {
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

/** The GPUs of g4ad are not NVIDIA's. */
const GPU_FAMILY = /^(?:p|g(?!4ad)|gr)\d/;

/** Without a choice of images AWS Batch takes the ones with drivers for the families with GPUs of NVIDIA. */
const hasGpus = (reader: Reader): boolean => {
  const images = reader.records('ec2Configuration').map((entry) => entry.text('imageType'));
  if (images.length > 0) return images.some((image) => image.includes('NVIDIA'));
  return reader.texts('instanceTypes').some((type) => GPU_FAMILY.test(type));
};

/** Reads and checks `computeResources`. An update is checked as the whole that it leads to. */
export const readComputeResources = (reader: Reader): ComputeResources => {
  const given = reader.text('type');
  if (given.toUpperCase() === 'ECS_MANAGED_INSTANCES') {
    throw notSupported('compute environments of type ECS_MANAGED_INSTANCES', 'it has EC2, SPOT, FARGATE, FARGATE_SPOT');
  }
  const type = oneOf('computeResources.type', given, ['EC2', 'SPOT', 'FARGATE', 'FARGATE_SPOT']);
  allowOnly(reader, 'computeResources', [...COMMON, ...EC2_ONLY, ...UPDATE_ONLY]);
  const maxvCpus = checkRange('computeResources.maxvCpus', reader.number('maxvCpus'), 0, Number.MAX_SAFE_INTEGER);
  const minvCpus = reader.optionalNumber('minvCpus') ?? 0;
  if (minvCpus > maxvCpus) {
    throw clientError(`'computeResources.minvCpus' must be at most maxvCpus ${maxvCpus}, got ${minvCpus}`);
  }
  if (type === 'EC2' || type === 'SPOT') checkEc2(reader, type);
  else checkFargate(reader);
  const described = Object.fromEntries(Object.entries(reader.values).filter(([name]) => !UPDATE_ONLY.includes(name)));
  return {
    type,
    maxvCpus,
    hasGpus: hasGpus(reader),
    instanceRole: reader.optionalText('instanceRole'),
    described: { ...described, type, maxvCpus },
  };
};
