import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../../private/acknowledge';
import { grantActions } from '../../private/grant-actions';

/**
 * Defines the role of instances: what the AWS managed policy AmazonEC2ContainerServiceforEC2Role allows the ECS agent, but
 * in this account and Region only.
 *
 * AWS Batch makes the ECS cluster after the role and the compute environment, so no policy can name it. The agent makes
 * no cluster of its own, as AWS Batch tells it which one to join.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 * @internal
 */
export function ec2InstanceRole(scope: Construct): iam.Role {
  const stack = Stack.of(scope);
  const role = new iam.Role(scope, 'InstanceRole', {
    description: 'ECS agent on the instances of an AWS Batch compute environment',
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
  });
  acknowledge(role, 'inline-policy');

  const ecs = (resource: string): string => stack.formatArn({ service: 'ecs', resource, resourceName: '*' });
  const instances = ecs('container-instance');
  grantActions(role, ['ecs:DiscoverPollEndpoint', 'ec2:DescribeTags', 'ecr:GetAuthorizationToken'], ['*']);
  grantActions(role, ['ecs:RegisterContainerInstance', 'ecs:DeregisterContainerInstance'], [ecs('cluster')]);
  grantActions(
    role,
    ['ecs:SubmitAttachmentStateChanges', 'ecs:SubmitContainerStateChange', 'ecs:SubmitTaskStateChange'],
    [ecs('cluster')],
  );
  grantActions(role, ['ecs:Poll', 'ecs:StartTelemetrySession', 'ecs:UpdateContainerInstancesState'], [instances]);
  grantActions(role, ['ecs:ListTagsForResource'], [instances, ecs('task')]);
  grantActions(role, ['ecs:TagResource'], [instances], {
    StringEquals: { 'ecs:CreateAction': 'RegisterContainerInstance' },
  });
  allowJobsWithoutRole(role, stack);
  return role;
}

/** Definitions that name no execution role, which those of this library always do, pull and log as the instance. */
function allowJobsWithoutRole(role: iam.Role, stack: Stack): void {
  const images = stack.formatArn({ service: 'ecr', resource: 'repository', resourceName: '*' });
  const streams = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: '/aws/batch/job:*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  grantActions(role, ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'], [images]);
  grantActions(role, ['logs:CreateLogStream', 'logs:PutLogEvents'], [streams]);
}
