import { InterfaceVpcEndpointAwsService as Service } from 'aws-cdk-lib/aws-ec2';
import { PlatformCapability } from '../contracts/platform-capability';

/** Interface endpoints by the name of the child that they get. @internal */
export type EndpointServices = Readonly<Record<string, Service>>;

/** What starts a task (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html). */
const OF_TASKS: EndpointServices = {
  EcrApi: Service.ECR,
  EcrDocker: Service.ECR_DOCKER,
  Logs: Service.CLOUDWATCH_LOGS,
};

/** What the ECS agent needs besides (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html). */
const OF_INSTANCES: EndpointServices = {
  Ecs: Service.ECS,
  EcsAgent: Service.ECS_AGENT,
  EcsTelemetry: Service.ECS_TELEMETRY,
  ...OF_TASKS,
};

/** https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html */
const OF_NODES: EndpointServices = { Ec2: Service.EC2, EcrApi: Service.ECR, EcrDocker: Service.ECR_DOCKER };

/**
 * Interface endpoints without which nothing starts in a subnet that has no way to the internet. The layers of images come
 * through the gateway endpoint of S3.
 * @internal
 */
export const ENDPOINT_SERVICES: Readonly<Record<PlatformCapability, EndpointServices>> = {
  [PlatformCapability.EC2]: OF_INSTANCES,
  [PlatformCapability.MANAGED_INSTANCES]: OF_INSTANCES,
  [PlatformCapability.FARGATE]: OF_TASKS,
  [PlatformCapability.EKS]: OF_NODES,
};
