import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { sameValue } from '../template/json';
import { generatedName } from '../types/names';
import type { ResourceType } from '../types/resource-type';
import { generatedSecret } from './generated-secret';
import { pick, updateTags } from './shapes';

const value = (properties: Reader): Input => {
  const rules = properties.optionalRecord('GenerateSecretString');
  return rules === undefined ? pick(properties, ['SecretString']) : { SecretString: generatedSecret(rules) };
};

const described = ['Description', 'KmsKeyId'];
const valued = ['GenerateSecretString', 'SecretString'];

export const secret: ResourceType = {
  type: 'AWS::SecretsManager::Secret',
  properties: [...described, ...valued, 'Name', 'Tags'],
  create: async (properties, context) => {
    const output = await context.call('secretsmanager', 'CreateSecret', {
      ...pick(properties, [...described, 'Tags']),
      ...value(properties),
      Name: properties.optionalText('Name') ?? generatedName(context, 255),
    });
    const id = new Reader(output).text('ARN');
    return { id, attributes: { Id: id } };
  },
  update: async (existing, properties, context) => {
    const SecretId = existing.id;
    if (!sameValue(pick(existing.properties, valued), pick(properties, valued))) {
      await context.call('secretsmanager', 'PutSecretValue', { SecretId, ...value(properties) });
    }
    if (!sameValue(pick(existing.properties, described), pick(properties, described))) {
      await context.call('secretsmanager', 'UpdateSecret', { SecretId, ...pick(properties, described) });
    }
    await updateTags(context, 'secretsmanager', { SecretId }, existing.properties, properties);
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('secretsmanager', 'DeleteSecret', { SecretId: id, ForceDeleteWithoutRecovery: true });
  },
};
