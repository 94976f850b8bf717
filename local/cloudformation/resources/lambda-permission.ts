import { generatedName } from '../types/names';
import type { ResourceType } from '../types/resource-type';

export const lambdaPermission: ResourceType = {
  type: 'AWS::Lambda::Permission',
  properties: ['Action', 'FunctionName', 'Principal', 'PrincipalOrgID', 'SourceAccount', 'SourceArn'],
  create: async (properties, context) => {
    const StatementId = generatedName(context, 100);
    await context.call('lambda', 'AddPermission', { ...properties.values, StatementId });
    return { id: StatementId, attributes: { Id: StatementId } };
  },
  delete: async ({ id, properties }, context) => {
    await context.call('lambda', 'RemovePermission', {
      FunctionName: properties.text('FunctionName'),
      StatementId: id,
    });
  },
};
