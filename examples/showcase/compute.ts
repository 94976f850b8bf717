import { Duration, Size, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import {
  type BatchPlatform,
  ContainerInsights,
  Ec2Capacity,
  Ec2ComputeEnvironment,
  EksComputeEnvironment,
  FairShareSchedulingPolicy,
  FargateCapacity,
  FargateComputeEnvironment,
  type IJobQueue,
  InstanceSelection,
  InstanceSetup,
  Interconnect,
  JobQueue,
  JobStateTimeLimits,
  ManagedInstancesComputeEnvironment,
  ScaleIn,
  SpotAllocationStrategy,
  UnmanagedComputeEnvironment,
} from 'cdk-batch-platform';

/** The queues of the showcase. */
export interface Queues {
  readonly shared: IJobQueue;
  readonly gpu: IJobQueue;
  readonly mpi: IJobQueue;
  readonly serverless: IJobQueue;
  readonly managed: IJobQueue;
  readonly pods: IJobQueue;
}

/** Each kind of compute environment, and a queue for it. */
export function defineCompute(stack: Stack, platform: BatchPlatform): Queues {
  const { vpc } = platform;
  const graviton = new Ec2ComputeEnvironment(stack, 'Graviton', {
    vpc,
    capacity: Ec2Capacity.spot(SpotAllocationStrategy.SPOT_PRICE_CAPACITY_OPTIMIZED),
    instances: InstanceSelection.families(ec2.InstanceClass.C7GD, ec2.InstanceClass.M7GD),
    setup: [InstanceSetup.instanceStore(), InstanceSetup.ecsAgent({ containerStopTimeout: Duration.minutes(2) })],
    containerInsights: ContainerInsights.ENABLED,
    scaleDownDelay: Duration.minutes(30),
    instanceTags: { project: 'showcase' },
    rootVolumeSize: Size.gibibytes(60),
  });
  const cluster = new Ec2ComputeEnvironment(stack, 'Cluster', {
    vpc,
    instances: InstanceSelection.named('hpc7a.96xlarge'),
    interconnect: Interconnect.efa(),
    maxvCpus: 4 * 192,
  });
  const fargateSpot = new FargateComputeEnvironment(stack, 'FargateSpot', { vpc, capacity: FargateCapacity.SPOT });
  const managed = new ManagedInstancesComputeEnvironment(stack, 'Managed', {
    vpc,
    instances: InstanceSelection.families(ec2.InstanceClass.M7I),
    scaleIn: ScaleIn.after(Duration.minutes(10)),
  });
  const pods = new EksComputeEnvironment(stack, 'Pods', {
    vpc,
    kubernetesNamespace: 'batch',
    cluster: eks.Cluster.fromClusterAttributes(stack, 'EksCluster', {
      clusterName: 'research',
      clusterSecurityGroupId: 'sg-0123456789abcdef0',
    }),
  });
  new UnmanagedComputeEnvironment(stack, 'Own', { unmanagedvCpus: 64 });

  const shares = new FairShareSchedulingPolicy(stack, 'Shares', {
    shares: [{ shareIdentifier: 'research', weightFactor: 0.5 }, { shareIdentifier: 'student*' }],
    shareDecay: Duration.hours(6),
  });
  return {
    shared: platform.addQueue('shared', { computeEnvironments: [graviton], schedulingPolicy: shares }),
    gpu: platform.addGpuQueue({ maxvCpus: 64 }),
    mpi: platform.addQueue('mpi', { computeEnvironments: [cluster], priority: 100 }),
    serverless: platform.addQueue('serverless', { computeEnvironments: [fargateSpot, platform.fargate] }),
    managed: platform.addQueue('managed', {
      computeEnvironments: [managed],
      timeLimits: JobStateTimeLimits.of({ insufficientCapacity: Duration.hours(2) }),
    }),
    pods: new JobQueue(stack, 'PodQueue', { computeEnvironments: [pods] }),
  };
}
