/** What a compute environment runs jobs on: decides which job definitions fit. */
export enum PlatformCapability {
  /** Amazon ECS on EC2 instances, on-demand or Spot. */
  EC2 = 'EC2',
  /** AWS Fargate, without instances. */
  FARGATE = 'FARGATE',
  /** Amazon ECS Managed Instances: EC2 instances that Amazon ECS chooses, patches and replaces. */
  MANAGED_INSTANCES = 'MANAGED_INSTANCES',
  /** Pods of an Amazon EKS cluster, on EC2 instances. */
  EKS = 'EKS',
}
