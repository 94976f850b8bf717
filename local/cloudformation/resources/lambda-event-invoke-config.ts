import type { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { pick } from './shapes';

const put = async (properties: Reader, context: ResourceContext): Promise<void> => {
  await context.call('lambda', 'PutFunctionEventInvokeConfig', properties.values);
};

export const lambdaEventInvokeConfig: ResourceType = {
  type: 'AWS::Lambda::EventInvokeConfig',
  create: async (properties, context) => {
    await put(properties, context);
    return { id: generatedName(context, 128), attributes: {} };
  },
  update: async (existing, properties, context) => {
    await put(properties, context);
    return existing;
  },
  delete: async ({ properties }, context) => {
    const config = pick(properties, ['FunctionName', 'Qualifier']);
    await context.call('lambda', 'DeleteFunctionEventInvokeConfig', config);
  },
};
