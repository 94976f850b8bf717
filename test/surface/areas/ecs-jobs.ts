import { Duration, Size } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import {
  BatchJob,
  type FargateOptions,
  JobRetry,
  type JobProps,
  MultiContainerJob,
  PlatformCapability,
  RetryRule,
} from '../../../lib';
import type { Area } from '../area';
import { inTask, onInstances, portableContainer, queueOn } from './containers';

const fargate: FargateOptions = {
  architecture: ec2.InstanceArchitecture.ARM_64,
  operatingSystem: ecs.OperatingSystemFamily.LINUX,
  ephemeralStorage: Size.gibibytes(100),
  platformVersion: ecs.FargatePlatformVersion.LATEST,
  assignPublicIp: true,
};

const { EC2, FARGATE, MANAGED_INSTANCES } = PlatformCapability;

export const ecsJobs: Area = {
  name: 'jobs on ECS',
  define: (stack) => {
    const resource = batch.ConsumableResource.fromConsumableResourceArn(
      stack,
      'Seats',
      'arn:aws:batch:us-east-1:111111111111:consumable-resource/seats',
    );
    const job: Omit<JobProps, 'queue'> = {
      shareIdentifier: 'genomics',
      schedulingPriority: 10,
      parameters: { scene: '1' },
      timeout: Duration.hours(2),
      retry: JobRetry.of({
        attempts: 3,
        rules: [RetryRule.retryOn({ exitCode: '75', reason: 'a*', statusReason: 'b*' })],
      }),
      consumableResources: [{ resource, quantity: 1 }],
      jobDefinitionName: 'render',
      tags: { team: 'research' },
    };
    const portable = portableContainer(stack);
    const full = onInstances(stack, portable);
    const [onEc2, onFargate] = [queueOn(stack, EC2), queueOn(stack, FARGATE)];
    new BatchJob(stack, 'OnInstances', { ...job, ...full, queue: onEc2 });
    new BatchJob(stack, 'OnFargate', {
      ...portable,
      fargate,
      enableExecuteCommand: true,
      queue: onFargate,
    });
    new MultiContainerJob(stack, 'Task', {
      queue: onEc2,
      containers: inTask(full),
      pidMode: ecs.PidMode.TASK,
      ipcMode: ecs.IpcMode.TASK,
      enableExecuteCommand: true,
    });
    new MultiContainerJob(stack, 'FargateTask', {
      queue: onFargate,
      containers: inTask(portable),
      fargate,
    });
    new BatchJob(stack, 'OnManagedInstances', { ...portable, queue: queueOn(stack, MANAGED_INSTANCES) });
  },
};
