import { InterfaceVpcEndpointAwsService } from 'aws-cdk-lib/aws-ec2';

/**
 * Interface endpoints without which nothing starts in a subnet that has no way to the internet, by the name of the child
 * that they get (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html). The layers of images come
 * through the gateway endpoint of S3.
 * @internal
 */
export const TASK_ENDPOINTS = {
  EcrApi: InterfaceVpcEndpointAwsService.ECR,
  EcrDocker: InterfaceVpcEndpointAwsService.ECR_DOCKER,
  Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
} as const;

/**
 * What the ECS agent on EC2 instances needs beside them
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html).
 * @internal
 */
export const INSTANCE_ENDPOINTS = {
  Ecs: InterfaceVpcEndpointAwsService.ECS,
  EcsAgent: InterfaceVpcEndpointAwsService.ECS_AGENT,
  EcsTelemetry: InterfaceVpcEndpointAwsService.ECS_TELEMETRY,
} as const;
