import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { BatchJob, type BatchJobProps, BatchPlatform, type BatchPlatformProps, type IJobQueue } from '../../lib';
import { propertiesOf, resourcesOf } from './policies';
import { importedVpc } from './stack';

/** A platform in a network that is there already. */
export const platformIn = (stack: Stack, props: BatchPlatformProps = {}, id = 'Platform'): BatchPlatform =>
  new BatchPlatform(stack, id, { vpc: props.vpc ?? importedVpc(stack), ...props });

/** A job of one container. */
export const jobOn = (scope: Construct, id: string, queue: IJobQueue, props: Partial<BatchJobProps> = {}): BatchJob =>
  new BatchJob(scope, id, { image: ecs.ContainerImage.fromRegistry('busybox'), command: ['true'], queue, ...props });

/** The values of the parameters of a stack by their names. */
export function parametersOf(stack: Stack): Readonly<Record<string, unknown>> {
  const resources = [...resourcesOf(Template.fromStack(stack).toJSON()).values()];
  const parameters = resources.filter(({ Type }) => Type === 'AWS::SSM::Parameter').map(propertiesOf);
  return Object.fromEntries(parameters.map(({ Name, Value }) => [String(Name), Value]));
}
