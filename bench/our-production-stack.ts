import { App, CfnOutput, Duration, Size, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { Construct } from 'constructs';
import {
  BatchEndpoints,
  BatchJob,
  BatchPipeline,
  BatchPlatform,
  ContainerInsights,
  Ec2Capacity,
  Ec2ComputeEnvironment,
  FairShareSchedulingPolicy,
  FargateCapacity,
  FargateComputeEnvironment,
  InstanceSelection,
  JobSize,
  JobVolume,
  PipelineStep,
  PipelineTrigger,
  SubmissionGateway,
  SubmitJobScheduleTarget,
} from 'cdk-batch-platform';

/** What l2-production-stack.ts has, defined with this library; bench/README.md tells what differs. */
export class OurProdBatch extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
      vpcCidrBlock: '10.0.0.0/16',
    });

    //#region Key, data bucket, registry, VPC endpoints
    const platform = new BatchPlatform(this, 'Platform', { vpc, queues: {} });
    const { bucket, encryptionKey } = platform;
    const registry = { encryptionKey, imageScanOnPush: true, imageTagMutability: ecr.TagMutability.IMMUTABLE };
    const repository = new ecr.Repository(this, 'Repo', { ...registry, lifecycleRules: [{ maxImageCount: 50 }] });
    const { STS, KMS, SECRETS_MANAGER, SSM_MESSAGES } = ec2.InterfaceVpcEndpointAwsService;
    new BatchEndpoints(this, 'Endpoints', { vpc, services: [STS, KMS, SECRETS_MANAGER, SSM_MESSAGES] });
    //#endregion

    //#region Compute environments: Spot, on-demand, GPU, Fargate, Fargate Spot
    const hosts = { vpc, maxvCpus: 512, containerInsights: ContainerInsights.ENHANCED, rootVolumeKey: encryptionKey };
    const onDemand = new Ec2ComputeEnvironment(this, 'OnDemand', hosts);
    const spot = new Ec2ComputeEnvironment(this, 'Spot', { ...hosts, capacity: Ec2Capacity.spot() });
    const gpu = new Ec2ComputeEnvironment(this, 'Gpu', { ...hosts, instances: InstanceSelection.gpu() });
    const fargate = new FargateComputeEnvironment(this, 'Fargate', { vpc });
    const fargateSpot = new FargateComputeEnvironment(this, 'FargateSpot', { vpc, capacity: FargateCapacity.SPOT });
    //#endregion

    //#region Queues: priorities, order of compute, fair share, limits for jobs that block the others
    const shares = [{ shareIdentifier: 'prod', weightFactor: 0.5 }, { shareIdentifier: 'research*' }];
    const fairness = { shares, shareDecay: Duration.hours(1), computeReservation: 10 };
    const schedulingPolicy = new FairShareSchedulingPolicy(this, 'FairShare', fairness);
    platform.addQueue('high', { schedulingPolicy, priority: 100, computeEnvironments: [onDemand, spot] });
    platform.addQueue('normal', { schedulingPolicy, priority: 50, computeEnvironments: [spot, onDemand] });
    platform.addQueue('low', { schedulingPolicy, computeEnvironments: [spot] });
    platform.addQueue('gpu', { schedulingPolicy, priority: 50, computeEnvironments: [gpu] });
    platform.addQueue('serverless', { schedulingPolicy, priority: 50, computeEnvironments: [fargateSpot, fargate] });
    //#endregion

    //#region Job, pipeline, triggers, submit function
    const job = new BatchJob(this, 'Job', {
      image: ecs.ContainerImage.fromEcrRepository(repository, 'v1'),
      command: ['process', '--in', 'Ref::inputUri', '--out', 'Ref::outputUri'],
      parameters: { inputUri: 'none', outputUri: 'none' },
      size: JobSize.of(4, Size.gibibytes(8)),
      queue: platform.queue('normal'),
      shareIdentifier: 'prod',
      timeout: Duration.hours(6),
      reads: [bucket],
      writes: [bucket],
      mounts: [{ volume: JobVolume.ephemeral(), containerPath: '/scratch' }],
    });
    const trigger = PipelineTrigger.objectCreated(bucket, { prefix: 'input/' });
    new BatchPipeline(this, 'Pipeline', { trigger, steps: [PipelineStep.array(job)] });
    const target = new SubmitJobScheduleTarget(job, { queue: platform.queue('low') });
    new Schedule(this, 'Nightly', { schedule: ScheduleExpression.cron({ hour: '2', minute: '0' }), target });
    new SubmissionGateway(this, 'Gateway', { bucket, encryptionKey }).addJob('job', job);
    //#endregion

    //#region Outputs
    new CfnOutput(this, 'NormalQueue', { value: platform.queue('normal').jobQueueArn });
    new CfnOutput(this, 'JobDefinitionName', { value: job.jobDefinitionName });
    //#endregion
  }
}
const app = new App({ context: flags });
new OurProdBatch(app, 'Prod', { env: { account: '111111111111', region: 'eu-west-1' } });
app.synth();
