import type { Reader } from '../../core/reader';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { documentText } from './shapes';

const put = async (properties: Reader, context: ResourceContext): Promise<void> => {
  const Policy = documentText(properties, 'PolicyDocument');
  await context.call('s3', 'PutBucketPolicy', { Bucket: properties.text('Bucket'), Policy });
};

export const s3BucketPolicy: ResourceType = {
  type: 'AWS::S3::BucketPolicy',
  create: async (properties, context) => {
    await put(properties, context);
    return { id: properties.text('Bucket'), attributes: {} };
  },
  update: async (existing, properties, context) => {
    await put(properties, context);
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('s3', 'DeleteBucketPolicy', { Bucket: id });
  },
};
