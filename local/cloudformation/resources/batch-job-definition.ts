import { camelCase } from '../../core/letter-case';
import { Reader } from '../../core/reader';
import { shortGeneratedName } from '../types/names';
import type { PhysicalResource, ResourceContext, ResourceType } from '../types/resource-type';
import { omit } from './shapes';

const register = async (name: string, properties: Reader, context: ResourceContext): Promise<PhysicalResource> => {
  const input = camelCase(omit(properties.values, ['ResourceRetentionPolicy']));
  const output = await context.call('batch', 'RegisterJobDefinition', { ...input, jobDefinitionName: name });
  const id = new Reader(output).text('jobDefinitionArn');
  return { id, attributes: { JobDefinitionArn: id } };
};

const nameIn = (arn: string): string => /job-definition\/([^:]+)/.exec(arn)?.[1] ?? arn;

/** `Ref` is the ARN with its revision: each update registers the next one under the same name. */
export const batchJobDefinition: ResourceType = {
  type: 'AWS::Batch::JobDefinition',
  create: (properties, context) =>
    register(properties.optionalText('JobDefinitionName') ?? shortGeneratedName(context, 128), properties, context),
  update: ({ id }, properties, context) => register(nameIn(id), properties, context),
  delete: async ({ id, properties }, context, removal) => {
    const keep = properties.optionalRecord('ResourceRetentionPolicy')?.flag('SkipDeregisterOnUpdate');
    if (removal === 'replaced' && keep === true) return;
    await context.call('batch', 'DeregisterJobDefinition', { jobDefinition: id });
  },
};
