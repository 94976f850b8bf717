import { Token, Tokenization } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcards } from '../../private/acknowledge';

/** The part of a container's properties that says which image it is, and how to get it. @internal */
export type ImageProperties = Pick<
  batch.CfnJobDefinition.ContainerPropertiesProperty,
  'image' | 'repositoryCredentials'
>;

/**
 * Renders an image for a job definition and lets `executionRole` pull it.
 *
 * An image binds only to a container of an ECS task definition: it takes the execution role from there. So it gets one
 * that is taken out of the tree again; what the image left outside of it (grants, assets) stays.
 * @internal
 */
export function renderImage(scope: Construct, image: ecs.ContainerImage, executionRole: iam.IRole): ImageProperties {
  const id = 'ImageBinding';
  const task = new ecs.TaskDefinition(scope, id, {
    compatibility: ecs.Compatibility.EC2,
    executionRole,
    taskRole: executionRole,
  });
  const container = task.addContainer('Container', { image, memoryLimitMiB: 4 }).renderContainerDefinition();
  scope.node.tryRemoveChild(id);
  // Names of images in Amazon ECR are known at deploy time only; the action that signs in there takes no resource.
  if (Token.isUnresolved(container.image)) acknowledgeWildcards(executionRole, ['*']);

  const credentials = container.repositoryCredentials;
  if (credentials === undefined || Tokenization.isResolvable(credentials)) return { image: container.image };
  const { credentialsParameter } = credentials;
  if (credentialsParameter === undefined) return { image: container.image };
  return { image: container.image, repositoryCredentials: { credentialsParameter } };
}
