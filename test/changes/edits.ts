import { Annotations, Duration, Size } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  ContainerInsights,
  Ec2Capacity,
  InstanceSelection,
  InstanceSetup,
  JobRetry,
  JobSize,
  JobStateTimeLimits,
  SpotAllocationStrategy,
} from '../../lib';
import type { Edit } from './platform';

/** An edit that people make, and what becomes of the resources of AWS Batch. */
export interface EditOfPlatform {
  readonly title: string;
  readonly edit: Edit;
  /** Resource, effect, and the properties that it comes from. */
  readonly changes: readonly string[];
}

const { C7I, M7I } = ec2.InstanceClass;

/** Compute, queues and tags: nothing of it may ever be replaced. */
export const EDITS_IN_PLACE: readonly EditOfPlatform[] = [
  {
    title: 'a tag on the whole app, such as the commit',
    edit: () => ({ appTags: { commit: '5329f78' } }),
    changes: [],
  },
  {
    title: 'a bigger `maxvCpus`',
    edit: () => ({ spot: { maxvCpus: 1024 } }),
    changes: ['Spot in place ComputeResources.MaxvCpus'],
  },
  {
    title: 'instances that are kept running',
    edit: () => ({ spot: { minvCpus: 4 } }),
    changes: ['Spot in place ComputeResources.MinvCpus'],
  },
  {
    title: 'a bigger `maxvCpus` on Fargate',
    edit: () => ({ fargate: { maxvCpus: 512 } }),
    changes: ['Fargate in place ComputeResources.MaxvCpus'],
  },
  {
    title: 'other instance families',
    edit: () => ({ spot: { instances: InstanceSelection.families(C7I, M7I) } }),
    changes: ['Spot in place ComputeResources.InstanceTypes'],
  },
  {
    title: 'another Spot allocation strategy',
    edit: () => ({ spot: { capacity: Ec2Capacity.spot(SpotAllocationStrategy.SPOT_PRICE_CAPACITY_OPTIMIZED) } }),
    changes: ['Spot in place ComputeResources.AllocationStrategy'],
  },
  {
    title: 'another image (AMI)',
    edit: () => ({ spot: { machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-00000000000000002' }) } }),
    changes: ['Spot in place ComputeResources.Ec2Configuration[].ImageIdOverride'],
  },
  {
    title: 'other user data',
    edit: () => ({ spot: { setup: [InstanceSetup.instanceStore('/scratch')] } }),
    changes: [
      'Spot/LaunchTemplate in place LaunchTemplateData.UserData',
      'Spot in place ComputeResources.LaunchTemplate.Version',
    ],
  },
  {
    title: 'other tags on the instances',
    edit: () => ({ spot: { instanceTags: { team: 'research' } } }),
    changes: ['Spot in place ComputeResources.Tags'],
  },
  {
    title: 'a bigger root volume',
    edit: () => ({ spot: { rootVolumeSize: Size.gibibytes(200) } }),
    changes: [
      'Spot/LaunchTemplate in place LaunchTemplateData.BlockDeviceMappings[].Ebs.VolumeSize',
      'Spot in place ComputeResources.LaunchTemplate.Version',
    ],
  },
  {
    title: 'another security group',
    edit: (_, stack) => ({
      spot: { securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-00000000000000001')] },
    }),
    changes: ['Spot in place ComputeResources.SecurityGroupIds'],
  },
  {
    title: 'other subnets',
    edit: (_, stack) => ({
      spot: {
        vpcSubnets: {
          subnets: ['subnet-00000000000000003', 'subnet-00000000000000004'].map((subnetId, index) =>
            ec2.Subnet.fromSubnetAttributes(stack, `Subnet${index}`, {
              subnetId,
              routeTableId: `rtb-0000000000000000${index + 3}`,
              availabilityZone: ['us-east-1c', 'us-east-1d'][index],
            }),
          ),
        },
      },
    }),
    changes: ['Spot in place ComputeResources.Subnets'],
  },
  {
    title: 'instances that stay longer when no job waits',
    edit: () => ({ spot: { scaleDownDelay: Duration.hours(1) } }),
    changes: ['Spot in place ComputeResources.ScalingPolicy.MinScaleDownDelayMinutes'],
  },
  {
    title: 'Container Insights',
    edit: () => ({ spot: { containerInsights: ContainerInsights.ENHANCED } }),
    changes: ['Spot in place EcsSettings.ContainerInsights'],
  },
  {
    title: 'longer time for jobs while instances are replaced',
    edit: () => ({ spot: { updateTimeout: Duration.hours(2) } }),
    changes: ['Spot in place UpdatePolicy.JobExecutionTimeoutMinutes'],
  },
  {
    title: 'an added queue',
    edit: () => ({ moreQueues: ['Bulk'] }),
    changes: ['Bulk created'],
  },
  {
    title: 'compute in another order',
    edit: () => ({ isOnDemandFirst: true }),
    changes: ['Research in place ComputeEnvironmentOrder[].ComputeEnvironment'],
  },
  {
    title: 'another priority',
    edit: () => ({ research: { priority: 50 } }),
    changes: ['Research in place Priority'],
  },
  {
    title: 'other weights of the shares',
    edit: () => ({ shares: [{ shareIdentifier: 'genomics', weightFactor: 0.5 }] }),
    changes: ['Shares in place FairsharePolicy.ShareDistribution[].WeightFactor'],
  },
  {
    title: 'an added share',
    edit: ({ shares }) => ({ shares: [...shares, { shareIdentifier: 'weather' }] }),
    changes: ['Shares in place FairsharePolicy.ShareDistribution'],
  },
  {
    title: 'other time limits of jobs that cannot be placed',
    edit: () => ({ research: { timeLimits: JobStateTimeLimits.of({ noInstanceFits: Duration.hours(2) }) } }),
    changes: ['Research in place JobStateTimeLimitActions[].MaxTimeSeconds'],
  },
  {
    title: 'a queue that takes no more jobs',
    edit: () => ({ research: { enabled: false } }),
    changes: ['Research in place State'],
  },
  {
    title: 'a log that is kept longer',
    edit: () => ({ job: { logRetention: logs.RetentionDays.ONE_YEAR } }),
    changes: [],
  },
];

/** Jobs: those that run or wait go on with the revision that they have. */
export const EDITS_WITH_REVISIONS: readonly EditOfPlatform[] = [
  {
    title: 'a new environment variable',
    edit: () => ({ job: { environment: { QUALITY: 'final' } } }),
    changes: ['Render new revision ContainerProperties.Environment'],
  },
  {
    title: 'a new secret',
    edit: (_, stack) => {
      const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Key', {
        parameterName: '/key',
      });
      return { job: { secrets: { LICENCE: batch.Secret.fromSsmParameter(parameter) } } };
    },
    changes: ['Render new revision ContainerProperties.Secrets'],
  },
  {
    title: 'another retry rule',
    edit: () => ({ job: { retry: JobRetry.of({ exitCode: 75 }) } }),
    changes: ['Render new revision RetryStrategy.EvaluateOnExit'],
  },
  {
    title: 'another command',
    edit: () => ({ job: { command: ['sh', '-c', 'exit 0'] } }),
    changes: ['Render new revision ContainerProperties.Command'],
  },
  {
    title: 'a larger job',
    edit: () => ({ job: { size: JobSize.of(2, Size.gibibytes(4)) } }),
    changes: ['Render new revision ContainerProperties.ResourceRequirements[].Value'],
  },
  {
    title: 'a longer time-out',
    edit: () => ({ job: { timeout: Duration.hours(6) } }),
    changes: ['Render new revision Timeout.AttemptDurationSeconds'],
  },
];

/** What CloudFormation cannot do otherwise. */
export const EDITS_THAT_REPLACE: readonly EditOfPlatform[] = [
  {
    title: 'a renamed job',
    edit: () => ({ jobId: 'Draw' }),
    changes: ['Draw created', 'Render deleted'],
  },
  {
    title: 'tags of a job definition (`tags`)',
    edit: () => ({ job: { tags: { team: 'research' } } }),
    changes: ['Render replaced Tags'],
  },
  {
    title: 'tags of a queue (`tags`)',
    edit: () => ({ research: { tags: { team: 'research' } } }),
    changes: ['Research replaced Tags'],
  },
  {
    title: 'tags of a compute environment (`tags`)',
    edit: () => ({ spot: { tags: { team: 'research' } } }),
    changes: ['Spot replaced Tags', 'Research in place ComputeEnvironmentOrder[].ComputeEnvironment'],
  },
  {
    title: 'a name for a queue (`jobQueueName`)',
    edit: (_, stack) => {
      Annotations.of(stack).acknowledgeWarning('cdk-batch-platform:queue-physical-name', 'shows what it does');
      return { research: { jobQueueName: 'research' } };
    },
    changes: ['Research replaced JobQueueName'],
  },
  {
    title: 'another security group on Fargate',
    edit: (_, stack) => ({
      fargate: { securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-00000000000000001')] },
    }),
    changes: [
      'Fargate replaced ComputeResources.SecurityGroupIds',
      'Small in place ComputeEnvironmentOrder[].ComputeEnvironment',
    ],
  },
];
