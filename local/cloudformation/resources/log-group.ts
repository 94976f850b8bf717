import type { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { orElse } from './patience';
import { tagMap, updateTags } from './shapes';

const setRetention = async (name: string, properties: Reader, context: ResourceContext): Promise<void> => {
  const retentionInDays = properties.optionalNumber('RetentionInDays');
  if (retentionInDays !== undefined) {
    await context.call('logs', 'PutRetentionPolicy', { logGroupName: name, retentionInDays });
  }
};

export const logGroup: ResourceType = {
  type: 'AWS::Logs::LogGroup',
  properties: ['KmsKeyId', 'LogGroupClass', 'LogGroupName', 'RetentionInDays', 'Tags'],
  fixed: ['LogGroupClass'],
  create: async (properties, context) => {
    const name = properties.optionalText('LogGroupName') ?? generatedName(context, 512);
    await context.call('logs', 'CreateLogGroup', {
      logGroupName: name,
      kmsKeyId: properties.optionalText('KmsKeyId'),
      logGroupClass: properties.optionalText('LogGroupClass'),
      tags: tagMap(properties),
    });
    await orElse(
      () => setRetention(name, properties, context),
      () => context.call('logs', 'DeleteLogGroup', { logGroupName: name }),
    );
    return { id: name, attributes: { Arn: context.arn('logs', `log-group:${name}:*`) } };
  },
  update: async (existing, properties, context) => {
    if (properties.has('RetentionInDays')) await setRetention(existing.id, properties, context);
    else await context.call('logs', 'DeleteRetentionPolicy', { logGroupName: existing.id });
    const kmsKeyId = properties.optionalText('KmsKeyId');
    if (kmsKeyId !== existing.properties.optionalText('KmsKeyId')) {
      const logGroupName = existing.id;
      if (kmsKeyId === undefined) await context.call('logs', 'DisassociateKmsKey', { logGroupName });
      else await context.call('logs', 'AssociateKmsKey', { logGroupName, kmsKeyId });
    }
    const resourceArn = context.arn('logs', `log-group:${existing.id}`);
    await updateTags(context, 'logs', { resourceArn }, existing.properties, properties);
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('logs', 'DeleteLogGroup', { logGroupName: id });
  },
};
