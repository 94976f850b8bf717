import type { LeftOut } from './decide';

const CONTAINER = 'AWS::Batch::JobDefinition ContainerProperties';
const NODE_CONTAINER = 'AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties[].Container';
const COMPUTE = 'AWS::Batch::ComputeEnvironment';
const RESOURCES = `${COMPUTE} ComputeResources`;

const SIZE = 'deprecated: `ResourceRequirements` says it, and AWS Batch refuses both at once';
const FARGATE_ONLY = 'only Fargate has it, and multi-node jobs do not run there';

/** The property paths of AWS Batch that no construct sets, and why; a path stands for all below it. */
export const LEFT_OUT: readonly LeftOut[] = [
  { path: `${COMPUTE} Context`, reason: 'reserved by AWS' },
  { path: `${COMPUTE} EksConfiguration.AccessEntry.Status`, reason: 'read only: AWS Batch tells it' },
  {
    path: `${RESOURCES}.DesiredvCpus`,
    reason: 'AWS Batch sets it as jobs come and go; a deployment would set it back',
  },
  { path: `${RESOURCES}.Ec2Configuration[].BatchImageStatus`, reason: 'read only: AWS Batch tells it' },
  {
    path: `${RESOURCES}.ImageId`,
    reason: 'deprecated: `Ec2Configuration[].ImageIdOverride` says it for each image type',
  },
  {
    path: `${RESOURCES}.SpotIamFleetRole`,
    reason:
      'only Spot by `BEST_FIT` needs it, which AWS advises against and no construct offers; a change of it replaces',
  },
  { path: `${CONTAINER}.Memory`, reason: SIZE },
  { path: `${CONTAINER}.Vcpus`, reason: SIZE },
  {
    path: `${CONTAINER}.InstanceType`,
    reason: 'only for multi-node jobs, where `InstanceTypes` of the node range says it',
  },
  { path: `${NODE_CONTAINER}.Memory`, reason: SIZE },
  { path: `${NODE_CONTAINER}.Vcpus`, reason: SIZE },
  { path: `${NODE_CONTAINER}.InstanceType`, reason: 'superseded: `InstanceTypes` of the node range says it' },
  { path: `${NODE_CONTAINER}.EphemeralStorage`, reason: FARGATE_ONLY },
  { path: `${NODE_CONTAINER}.RuntimePlatform`, reason: FARGATE_ONLY },
];
