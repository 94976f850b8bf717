import { App, Size, Stack, Tags } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import {
  BatchJob,
  type BatchJobProps,
  Ec2Capacity,
  Ec2ComputeEnvironment,
  type Ec2ComputeEnvironmentProps,
  type FairShare,
  FairShareSchedulingPolicy,
  FargateComputeEnvironment,
  type FargateComputeEnvironmentProps,
  InstanceSelection,
  JobQueue,
  type JobQueueProps,
  JobSize,
} from '../../lib';
import { featureFlags, importedVpc } from '../support/stack';

/** A platform as it stands in a repository; an edit changes some of it. */
export interface Plan {
  readonly appTags: Readonly<Record<string, string>>;
  readonly spot: Partial<Ec2ComputeEnvironmentProps>;
  readonly fargate: Partial<FargateComputeEnvironmentProps>;
  readonly shares: FairShare[];
  readonly research: Partial<JobQueueProps>;
  readonly isOnDemandFirst: boolean;
  readonly moreQueues: readonly string[];
  readonly jobId: string;
  readonly job: Partial<BatchJobProps>;
}

/** What an edit turns the plan into; new constructs go into the stack. */
export type Edit = (plan: Plan, stack: Stack) => Partial<Plan>;

const VERSION_1: Plan = {
  appTags: {},
  spot: {},
  fargate: {},
  shares: [{ shareIdentifier: 'genomics', weightFactor: 1 }],
  research: {},
  isOnDemandFirst: false,
  moreQueues: [],
  jobId: 'Render',
  job: {},
};

/** Defines version 1 of the platform or, with an edit, version 2. */
export function definePlatform(app: App, edit: Edit = () => ({})): Stack {
  const stack = new Stack(app, 'Stack');
  const plan: Plan = { ...VERSION_1, ...edit(VERSION_1, stack) };
  for (const [key, value] of Object.entries(plan.appTags)) Tags.of(app).add(key, value);

  const vpc = importedVpc(stack);
  const spot = new Ec2ComputeEnvironment(stack, 'Spot', {
    vpc,
    capacity: Ec2Capacity.spot(),
    instances: InstanceSelection.defaultX86(),
    ...plan.spot,
  });
  const onDemand = new Ec2ComputeEnvironment(stack, 'OnDemand', { vpc });
  const fargate = new FargateComputeEnvironment(stack, 'Fargate', { vpc, ...plan.fargate });

  const computeEnvironments = plan.isOnDemandFirst ? [onDemand, spot] : [spot, onDemand];
  const schedulingPolicy = new FairShareSchedulingPolicy(stack, 'Shares', { shares: plan.shares });
  const research = new JobQueue(stack, 'Research', { computeEnvironments, schedulingPolicy, ...plan.research });
  for (const id of plan.moreQueues) new JobQueue(stack, id, { computeEnvironments: [spot] });
  const small = new JobQueue(stack, 'Small', { computeEnvironments: [fargate] });

  const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:stable');
  new BatchJob(stack, plan.jobId, {
    image,
    queue: research,
    size: JobSize.of(1, Size.gibibytes(2)),
    command: ['sh', '-c', 'true'],
    shareIdentifier: 'genomics',
    ...plan.job,
  });
  new BatchJob(stack, 'Report', { image, queue: small, command: ['true'] });
  return stack;
}

/** An app as it is synthesised from cdk.json. */
export const newApp = (): App => new App({ context: featureFlags() });
