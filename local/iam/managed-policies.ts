/** What policies of AWS allow, as far as stacks of the platform and its neighbours attach them. Facts, by name. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  'service-role/AWSLambdaSQSQueueExecutionRole': [
    ...['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    ...['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  ],
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    ...['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    ...['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'],
    ...['ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
  ],
  'service-role/AmazonECSTaskExecutionRolePolicy': [
    ...['ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer'],
    ...['ecr:BatchGetImage', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  ],
  'service-role/AmazonEC2ContainerServiceforEC2Role': [
    ...['ec2:DescribeTags', 'ecs:CreateCluster', 'ecs:DeregisterContainerInstance', 'ecs:DiscoverPollEndpoint'],
    ...['ecs:Poll', 'ecs:RegisterContainerInstance', 'ecs:StartTelemetrySession', 'ecs:UpdateContainerInstancesState'],
    ...['ecs:Submit*', 'ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer'],
    ...['ecr:BatchGetImage', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  ],
  AWSXRayDaemonWriteAccess: [
    ...['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
    'xray:GetSamplingStatisticSummaries',
  ],
  AmazonS3ReadOnlyAccess: ['s3:Get*', 's3:List*', 's3:Describe*'],
  AdministratorAccess: ['*'],
};

const ARN = /^arn:[^:]+:iam::aws:policy\/(.+)$/;

/** The name of a policy of AWS; undefined for one of the account. */
export const awsPolicyName = (arn: string): string | undefined => ARN.exec(arn)?.at(1);

/** A policy of AWS by its name; undefined when it is none of those known here. */
export const awsPolicy = (name: string): unknown => {
  const Action = Object.hasOwn(ALLOWED, name) ? ALLOWED[name] : undefined;
  return Action === undefined ? undefined : { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
};
