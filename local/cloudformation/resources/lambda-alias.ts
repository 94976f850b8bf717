import { Reader } from '../../core/reader';
import type { ResourceType } from '../types/resource-type';
import { pick } from './shapes';

export const lambdaAlias: ResourceType = {
  type: 'AWS::Lambda::Alias',
  properties: ['Description', 'FunctionName', 'FunctionVersion', 'Name'],
  create: async ({ values }, context) => {
    const arn = new Reader(await context.call('lambda', 'CreateAlias', values)).text('AliasArn');
    return { id: arn, attributes: { AliasArn: arn } };
  },
  update: async (existing, { values }, context) => {
    await context.call('lambda', 'UpdateAlias', { Description: '', ...values });
    return existing;
  },
  delete: async ({ properties }, context) => {
    await context.call('lambda', 'DeleteAlias', pick(properties, ['FunctionName', 'Name']));
  },
};
