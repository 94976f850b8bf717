import type { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { PhysicalResource, ResourceContext, ResourceType } from '../types/resource-type';
import { pick } from './shapes';

const put = async (
  name: string,
  properties: Reader,
  overwrite: boolean,
  context: ResourceContext,
): Promise<PhysicalResource> => {
  await context.call('ssm', 'PutParameter', {
    ...pick(properties, ['Description', 'Tier', 'Type', 'Value']),
    Name: name,
    Overwrite: overwrite,
  });
  return { id: name, attributes: { Type: properties.text('Type'), Value: properties.text('Value') } };
};

/** Tags are accepted and not kept: nothing here reads the tags of a parameter. */
export const ssmParameter: ResourceType = {
  type: 'AWS::SSM::Parameter',
  properties: ['Description', 'Name', 'Tags', 'Tier', 'Type', 'Value'],
  create: (properties, context) =>
    put(
      properties.optionalText('Name') ?? generatedName({ ...context, stackName: 'CFN' }, 128),
      properties,
      false,
      context,
    ),
  update: ({ id }, properties, context) => put(id, properties, true, context),
  delete: async ({ id }, context) => {
    await context.call('ssm', 'DeleteParameter', { Name: id });
  },
};
