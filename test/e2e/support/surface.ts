import { type App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as pipes from 'aws-cdk-lib/aws-pipes';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3files from 'aws-cdk-lib/aws-s3files';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/** What a second deployment changes. */
export interface SurfaceWishes {
  readonly maxvCpus: number;
  readonly licenses: number;
  readonly weightFactor: number;
  readonly sidecarImage: string;
}

/** Where everything of a stack is. */
interface Ground {
  readonly role: iam.Role;
  readonly subnets: string[];
  readonly groups: string[];
}

const size = (vcpus: string, memory: string) => [
  { type: 'VCPU', value: vcpus },
  { type: 'MEMORY', value: memory },
];

const ground = (stack: Stack): Ground => {
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 2 });
  const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
  return {
    role: new iam.Role(stack, 'Role', {
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')],
    }),
    subnets: vpc.publicSubnets.map(({ subnetId }) => subnetId),
    groups: [group.securityGroupId],
  };
};

/** A compute environment of every kind. */
const environments = (stack: Stack, { role, subnets, groups }: Ground, maxvCpus: number) => {
  const profile = new iam.CfnInstanceProfile(stack, 'Profile', { roles: [role.roleName] }).attrArn;
  const placement = new ec2.CfnPlacementGroup(stack, 'Placement', { strategy: 'cluster' });
  const template = new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
  const instances = { maxvCpus, subnets, securityGroupIds: groups, instanceRole: profile, minvCpus: 0 };
  const create = (id: string, props: Omit<batch.CfnComputeEnvironmentProps, 'type'>) =>
    new batch.CfnComputeEnvironment(stack, id, { type: 'MANAGED', replaceComputeEnvironment: false, ...props });
  const spot = create('Spot', {
    updatePolicy: { terminateJobsOnUpdate: false, jobExecutionTimeoutMinutes: 60 },
    ecsSettings: { containerInsights: 'ENHANCED' },
    computeResources: {
      ...instances,
      ...{ type: 'SPOT', allocationStrategy: 'SPOT_CAPACITY_OPTIMIZED_PRIORITIZED', bidPercentage: 80 },
      instanceTypes: ['m7i', 'c7i.large'],
      placementGroup: placement.ref,
      scalingPolicy: { minScaleDownDelayMinutes: 30 },
      tags: { Team: 'Genomics' },
      launchTemplate: {
        launchTemplateId: template.ref,
        version: template.attrLatestVersionNumber,
        overrides: [{ launchTemplateId: template.ref, targetInstanceTypes: ['c7i.large'] }],
      },
      ec2Configuration: [{ imageType: 'ECS_AL2023' }],
    },
  });
  const managed = create('Managed', {
    replaceComputeEnvironment: undefined,
    computeResources: {
      ...{ type: 'ECS_MANAGED_INSTANCES', maxvCpus, capacityTags: { CostCentre: 'x1' } },
      managedInstancesProvider: {
        infrastructureRoleArn: role.roleArn,
        infrastructureOptimization: { scaleInAfter: 60 },
        instanceLaunchTemplate: {
          ec2InstanceProfileArn: profile,
          networkConfiguration: { subnets, securityGroups: groups },
          capacityOptionType: 'SPOT',
          instanceRequirements: { allowedInstanceTypes: ['c7g.large'] },
        },
      },
    },
  });
  const cluster = 'arn:aws:eks:us-east-1:000000000000:cluster/shared';
  new eks.CfnAccessEntry(stack, 'Access', { clusterName: 'shared', principalArn: role.roleArn });
  const pods = create('Pods', {
    eksConfiguration: { eksClusterArn: cluster, kubernetesNamespace: 'batch' },
    computeResources: { ...instances, type: 'EC2', allocationStrategy: 'BEST_FIT_PROGRESSIVE', instanceTypes: ['m7i'] },
  });
  const own = new batch.CfnComputeEnvironment(stack, 'Own', { type: 'UNMANAGED', unmanagedvCpus: 8 });
  return { spot, managed, pods, own };
};

const queues = (stack: Stack, kinds: ReturnType<typeof environments>, { weightFactor }: SurfaceWishes) => {
  const policy = new batch.CfnSchedulingPolicy(stack, 'Policy', {
    fairsharePolicy: { shareDecaySeconds: 600, shareDistribution: [{ shareIdentifier: 'team*', weightFactor }] },
  });
  const stuck = { state: 'RUNNABLE', maxTimeSeconds: 600 };
  const made = Object.entries(kinds).map(([name, environment]) => {
    const queue = new batch.CfnJobQueue(stack, `${name}Queue`, {
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: environment.attrComputeEnvironmentArn }],
      schedulingPolicyArn: name === 'managed' ? policy.attrArn : undefined,
      jobStateTimeLimitActions: [
        { ...stuck, reason: 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE', action: 'CANCEL' },
      ],
    });
    new CfnOutput(stack, `${name}QueueArn`, { value: queue.attrJobQueueArn });
    return queue;
  });
  const training = new batch.CfnServiceEnvironment(stack, 'Training', {
    serviceEnvironmentType: 'SAGEMAKER_TRAINING',
    capacityLimits: [{ maxCapacity: 4, capacityUnit: 'NUM_INSTANCES' }],
  });
  const quotas = new batch.CfnSchedulingPolicy(stack, 'Quotas', {
    quotaSharePolicy: { idleResourceAssignmentStrategy: 'FIFO' },
  });
  const trainingQueue = new batch.CfnJobQueue(stack, 'TrainingQueue', {
    ...{ priority: 1, jobQueueType: 'SAGEMAKER_TRAINING', schedulingPolicyArn: quotas.attrArn },
    serviceEnvironmentOrder: [{ order: 1, serviceEnvironment: training.attrServiceEnvironmentArn }],
    jobStateTimeLimitActions: [{ ...stuck, reason: 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY', action: 'TERMINATE' }],
  });
  new batch.CfnQuotaShare(stack, 'Share', {
    quotaShareName: 'vision',
    jobQueue: trainingQueue.attrJobQueueArn,
    capacityLimits: [{ maxCapacity: 2, capacityUnit: 'ml.p5.48xlarge' }],
    resourceSharingConfiguration: { strategy: 'LEND_AND_BORROW', borrowLimit: 50 },
    preemptionConfiguration: { inSharePreemption: 'ENABLED' },
  });
  return made;
};

/** File systems of every kind, as volumes. */
const volumes = (stack: Stack, { role, subnets }: Ground) => {
  const shared = new efs.CfnFileSystem(stack, 'Efs', { encrypted: true });
  const point = new efs.CfnAccessPoint(stack, 'EfsPoint', { fileSystemId: shared.ref });
  new efs.CfnMountTarget(stack, 'EfsTarget', { fileSystemId: shared.ref, subnetId: subnets[0], securityGroups: [] });
  const lustre = new fsx.CfnFileSystem(stack, 'Lustre', { fileSystemType: 'LUSTRE', subnetIds: [subnets[0]] });
  const bucket = new s3.Bucket(stack, 'Bucket');
  const files = new s3files.CfnFileSystem(stack, 'Files', { bucket: bucket.bucketArn, roleArn: role.roleArn });
  new s3files.CfnMountTarget(stack, 'FilesTarget', { fileSystemId: files.attrFileSystemId, subnetId: subnets[0] });
  return [
    {
      name: 'efs',
      efsVolumeConfiguration: {
        ...{ fileSystemId: shared.ref, transitEncryption: 'ENABLED' },
        authorizationConfig: { accessPointId: point.ref, iam: 'ENABLED' },
      },
    },
    { name: 'lustre', host: { sourcePath: `/fsx/${lustre.attrLustreMountName}` } },
    { name: 'files', s3FilesVolumeConfiguration: { fileSystemArn: files.attrFileSystemArn } },
  ];
};

/** A job definition of every kind; the one with several containers runs. */
const jobs = (stack: Stack, on: Ground, { licenses, sidecarImage }: SurfaceWishes): batch.CfnJobDefinition => {
  const repository = new ecr.CfnRepository(stack, 'Repository', {});
  const image = `${repository.attrRepositoryUri}:1`;
  const license = new batch.CfnConsumableResource(stack, 'License', {
    ...{ resourceType: 'REPLENISHABLE', totalQuantity: licenses },
  });
  new batch.CfnJobDefinition(stack, 'Nodes', {
    type: 'multinode',
    nodeProperties: {
      ...{ mainNode: 0, numNodes: 2 },
      nodeRangeProperties: [{ targetNodes: '0:', container: { image, resourceRequirements: size('1', '512') } }],
    },
  });
  new batch.CfnJobDefinition(stack, 'Pod', {
    type: 'container',
    eksProperties: {
      podProperties: {
        metadata: { labels: { App: 'x' } },
        containers: [{ name: 'main', image, resources: { limits: { cpu: '1', memory: '512Mi' } } }],
      },
    },
  });
  const container = (name: string, script: string) => ({
    ...{ name, image, command: ['node', '-e', script], resourceRequirements: size('1', '512') },
  });
  return new batch.CfnJobDefinition(stack, 'Task', {
    ...{ type: 'container', platformCapabilities: ['MANAGED_INSTANCES'], schedulingPriority: 5 },
    consumableResourceProperties: { consumableResourceList: [{ consumableResource: license.ref, quantity: 1 }] },
    ecsProperties: {
      taskProperties: [
        {
          ...{ executionRoleArn: on.role.roleArn, taskRoleArn: on.role.roleArn, volumes: volumes(stack, on) },
          containers: [
            { ...container('init', "console.log('prepared')"), image: sidecarImage, essential: false },
            {
              ...container('main', "console.log('done')"),
              dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }],
            },
          ],
        },
      ],
    },
  });
};

const triggers = (stack: Stack, jobDefinition: string, [{ attrJobQueueArn }]: readonly batch.CfnJobQueue[]): void => {
  const queue = new sqs.Queue(stack, 'Requests');
  const reader = new iam.Role(stack, 'PipeRole', { assumedBy: new iam.ServicePrincipal('pipes.amazonaws.com') });
  queue.grantConsumeMessages(reader);
  const timer = new iam.Role(stack, 'TimerRole', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
  const group = new scheduler.CfnScheduleGroup(stack, 'Schedules', {});
  new scheduler.CfnSchedule(stack, 'Nightly', {
    ...{ groupName: group.ref, scheduleExpression: 'rate(1 day)', flexibleTimeWindow: { mode: 'OFF' } },
    target: { arn: 'arn:aws:scheduler:::aws-sdk:batch:submitJob', roleArn: timer.roleArn },
  });
  const pipe = new pipes.CfnPipe(stack, 'Pipe', {
    ...{ roleArn: reader.roleArn, source: queue.queueArn, target: attrJobQueueArn },
    sourceParameters: { sqsQueueParameters: { batchSize: 1 } },
    targetParameters: { batchJobParameters: { jobDefinition, jobName: 'requested' } },
  });
  pipe.node.addDependency(reader);
};

/** Everything that AWS Batch has in CloudFormation, with its neighbours. */
export const surfaceStack =
  (wishes: SurfaceWishes) =>
  (app: App): Stack => {
    const stack = new Stack(app, 'Surface');
    const on = ground(stack);
    const made = queues(stack, environments(stack, on, wishes.maxvCpus), wishes);
    const job = jobs(stack, on, wishes);
    triggers(stack, job.attrJobDefinitionArn, made);
    new CfnOutput(stack, 'Job', { value: job.attrJobDefinitionArn });
    return stack;
  };
