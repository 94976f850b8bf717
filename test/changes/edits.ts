import { Duration, Size } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Ec2Capacity, InstanceSelection, JobRetry, JobSize, SpotAllocationStrategy } from '../../lib';
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
];
