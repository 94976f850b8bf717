import { Stack } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';

/** What a job registers, in the words of the L1 and without a whole synthesis. */
export function definitionOf(job: IConstruct): Readonly<Record<keyof batch.CfnJobDefinitionProps, unknown>> {
  const resource = job.node.defaultChild;
  if (!batch.CfnJobDefinition.isCfnJobDefinition(resource)) throw new Error(`${job.node.path} defines no job`);
  const resolve = (value: unknown): unknown => Stack.of(job).resolve(value);
  return {
    type: resource.type,
    jobDefinitionName: resource.jobDefinitionName,
    platformCapabilities: resource.platformCapabilities,
    parameters: resolve(resource.parameters),
    propagateTags: resource.propagateTags,
    schedulingPriority: resource.schedulingPriority,
    tags: resource.tags.tagValues(),
    timeout: resolve(resource.timeout),
    containerProperties: resolve(resource.containerProperties),
    ecsProperties: resolve(resource.ecsProperties),
    eksProperties: resolve(resource.eksProperties),
    nodeProperties: resolve(resource.nodeProperties),
    retryStrategy: resolve(resource.retryStrategy),
    consumableResourceProperties: resolve(resource.consumableResourceProperties),
    resourceRetentionPolicy: resolve(resource.resourceRetentionPolicy),
  };
}
