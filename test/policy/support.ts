import { Template } from '../../lib/policy/template/template';
import { TEMPLATE_RULES } from '../../lib/policy/rules';

/** Values by where they are, such as `Queue.Priority`; undefined takes away what is there. */
export type Edits = Readonly<Record<string, unknown>>;

/** What a check finds fault with, and what is just right. */
export interface Case {
  readonly check: string;
  /** Where the fault is, such as `Queue.Priority`. */
  readonly at: string;
  readonly bad: Edits;
  readonly good: Edits;
}

const batch = (type: string, Properties: object): object => ({ Type: `AWS::Batch::${type}`, Properties });

const SIZE = [
  { Type: 'VCPU', Value: '1' },
  { Type: 'MEMORY', Value: '2048' },
];
const LOG = { LogDriver: 'awslogs', Options: { 'awslogs-group': 'jobs' } };
const CONTAINER = { Image: 'example', ResourceRequirements: SIZE, LogConfiguration: LOG };
const TIMEOUT = { AttemptDurationSeconds: 60 };
const POD_CONTAINER = { Name: 'main', Image: 'example', Resources: { Limits: { cpu: '0.25', memory: '4Mi' } } };
const NETWORK = { Subnets: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] };

/** A template without fault, with something of each kind. */
const FAULTLESS = {
  Instances: batch('ComputeEnvironment', {
    Type: 'MANAGED',
    ReplaceComputeEnvironment: false,
    ComputeResources: {
      Type: 'EC2',
      AllocationStrategy: 'BEST_FIT_PROGRESSIVE',
      MinvCpus: 0,
      MaxvCpus: 16,
      InstanceTypes: ['c7i'],
      Ec2Configuration: [{ ImageType: 'ECS_AL2023' }],
      LaunchTemplate: { LaunchTemplateId: { Ref: 'LaunchTemplate' }, Version: '3' },
      ...NETWORK,
    },
  }),
  LaunchTemplate: {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: {
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp3', VolumeSize: 100, Encrypted: true } },
        ],
      },
    },
  },
  Fargate: batch('ComputeEnvironment', {
    Type: 'MANAGED',
    ComputeResources: { Type: 'FARGATE', MaxvCpus: 16, ...NETWORK },
  }),
  Managed: batch('ComputeEnvironment', {
    Type: 'MANAGED',
    ComputeResources: {
      Type: 'ECS_MANAGED_INSTANCES',
      ManagedInstancesProvider: {
        InstanceLaunchTemplate: {
          NetworkConfiguration: { Subnets: ['subnet-1', 'subnet-2'], SecurityGroups: ['sg-1'] },
          InstanceRequirements: { AllowedInstanceTypes: ['c7i'] },
        },
      },
    },
  }),
  Queue: batch('JobQueue', {
    Priority: 1,
    SchedulingPolicyArn: { Ref: 'Policy' },
    ComputeEnvironmentOrder: [{ Order: 1, ComputeEnvironment: { Ref: 'Instances' } }],
  }),
  Policy: batch('SchedulingPolicy', {
    FairsharePolicy: { ShareDistribution: [{ ShareIdentifier: 'team*', WeightFactor: 1 }] },
  }),
  TrainingQueue: batch('JobQueue', {
    Priority: 1,
    JobQueueType: 'SAGEMAKER_TRAINING',
    SchedulingPolicyArn: { Ref: 'QuotaPolicy' },
    ServiceEnvironmentOrder: [{ Order: 1, ServiceEnvironment: { Ref: 'Training' } }],
  }),
  QuotaPolicy: batch('SchedulingPolicy', { QuotaSharePolicy: { IdleResourceAssignmentStrategy: 'FIFO' } }),
  Training: batch('ServiceEnvironment', { CapacityLimits: [{ CapacityUnit: 'ml.m5.large', MaxCapacity: 1 }] }),
  Share: batch('QuotaShare', {
    QuotaShareName: 'share',
    JobQueue: { Ref: 'TrainingQueue' },
    CapacityLimits: [{ CapacityUnit: 'ml.m5.large', MaxCapacity: 1 }],
  }),
  Job: batch('JobDefinition', {
    Type: 'container',
    Timeout: TIMEOUT,
    PlatformCapabilities: ['EC2'],
    RetryStrategy: { Attempts: 2, EvaluateOnExit: [{ Action: 'EXIT', OnReason: '*' }] },
    ContainerProperties: CONTAINER,
  }),
  FargateJob: batch('JobDefinition', {
    Type: 'container',
    Timeout: TIMEOUT,
    PlatformCapabilities: ['FARGATE'],
    ContainerProperties: CONTAINER,
  }),
  TaskJob: batch('JobDefinition', {
    Type: 'container',
    Timeout: TIMEOUT,
    EcsProperties: {
      TaskProperties: [
        {
          Containers: [
            { ...CONTAINER, Name: 'main' },
            { ...CONTAINER, Name: 'side', Essential: false },
          ],
        },
      ],
    },
  }),
  PodJob: batch('JobDefinition', {
    Type: 'container',
    Timeout: TIMEOUT,
    EksProperties: { PodProperties: { Containers: [POD_CONTAINER] } },
  }),
  NodesJob: batch('JobDefinition', {
    Type: 'multinode',
    Timeout: TIMEOUT,
    NodeProperties: {
      MainNode: 0,
      NumNodes: 4,
      NodeRangeProperties: [
        { TargetNodes: '0:1', Container: CONTAINER },
        { TargetNodes: '2:', Container: CONTAINER },
      ],
    },
  }),
};

/** A short name of a place, and where it is in a template. */
const PLACES: readonly (readonly [short: string, path: string])[] = [
  ['Job.Container.', 'Job.ContainerProperties.'],
  ['FargateJob.Container.', 'FargateJob.ContainerProperties.'],
  ['TaskJob.Task.', 'TaskJob.EcsProperties.TaskProperties.0.'],
  ['PodJob.Pod.', 'PodJob.EksProperties.PodProperties.'],
  ['Instances.Resources.', 'Instances.ComputeResources.'],
  ['Launch.', 'LaunchTemplate.LaunchTemplateData.'],
];

const inFull = (place: string): string => {
  const [short, path] = PLACES.find(([one]) => place.startsWith(one)) ?? ['', ''];
  return path + place.slice(short.length);
};

/** The text of the faultless template after edits, and with other sections. */
export function templateWith(edits: Edits, sections: object = {}): string {
  const Resources: unknown = JSON.parse(JSON.stringify(FAULTLESS));
  for (const [place, value] of Object.entries(edits)) {
    const [resource, ...steps] = inFull(place).split('.');
    assign(Resources, steps.length === 0 ? [resource] : [resource, 'Properties', ...steps], value);
  }
  return JSON.stringify({ Resources, ...sections });
}

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function assign(holder: unknown, [step, ...rest]: readonly string[], value: unknown): void {
  const fields: Record<string, unknown> = isFields(holder) ? holder : {};
  if (rest.length === 0) fields[step] = value;
  else assign((fields[step] ??= {}), rest, value);
}

/** What is found in the faultless template after edits: `check Resource.Property`. */
export function found(edits: Edits, sections?: object): string[] {
  const template = new Template(templateWith(edits, sections));
  return TEMPLATE_RULES.flatMap(({ check, find }) =>
    [...find(template)].map(({ at }) => `${check} ${at.logicalId}.${at.name}`.replace(/\.Properties$/, '')),
  );
}

export const placeOf = ({ check, at }: Case): string => `${check} ${inFull(at)}`;
