import { Reader } from '../../core/reader';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { documentText, pick } from './shapes';

const settle = async (KeyId: string, properties: Reader, context: ResourceContext): Promise<void> => {
  const isOn = (name: string, otherwise: boolean): boolean =>
    properties.has(name) ? properties.flag(name) : otherwise;
  await context.call('kms', isOn('EnableKeyRotation', false) ? 'EnableKeyRotation' : 'DisableKeyRotation', { KeyId });
  await context.call('kms', isOn('Enabled', true) ? 'EnableKey' : 'DisableKey', { KeyId });
};

const key: ResourceType = {
  type: 'AWS::KMS::Key',
  properties: [
    ...['Description', 'Enabled', 'EnableKeyRotation', 'KeyPolicy', 'KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
    ...['PendingWindowInDays', 'RotationPeriodInDays', 'Tags'],
  ],
  create: async (properties, context) => {
    const created = await context.call('kms', 'CreateKey', {
      ...pick(properties, ['Description']),
      Policy: documentText(properties, 'KeyPolicy'),
    });
    const made = new Reader(created).record('KeyMetadata');
    await settle(made.text('KeyId'), properties, context);
    return { id: made.text('KeyId'), attributes: { Arn: made.text('Arn'), KeyId: made.text('KeyId') } };
  },
  update: async (existing, properties, context) => {
    const KeyId = existing.id;
    const Policy = documentText(properties, 'KeyPolicy');
    if (Policy !== undefined) await context.call('kms', 'PutKeyPolicy', { KeyId, PolicyName: 'default', Policy });
    const Description = properties.optionalText('Description') ?? '';
    await context.call('kms', 'UpdateKeyDescription', { KeyId, Description });
    await settle(KeyId, properties, context);
    return existing;
  },
  delete: async ({ id, properties }, context) => {
    const PendingWindowInDays = properties.optionalNumber('PendingWindowInDays');
    await context.call('kms', 'ScheduleKeyDeletion', { KeyId: id, PendingWindowInDays });
  },
};

const alias: ResourceType = {
  type: 'AWS::KMS::Alias',
  create: async (properties, context) => {
    const AliasName = properties.text('AliasName');
    await context.call('kms', 'CreateAlias', { AliasName, TargetKeyId: properties.text('TargetKeyId') });
    return { id: AliasName, attributes: { AliasName } };
  },
  update: async (existing, properties, context) => {
    const TargetKeyId = properties.text('TargetKeyId');
    await context.call('kms', 'UpdateAlias', { AliasName: existing.id, TargetKeyId });
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('kms', 'DeleteAlias', { AliasName: id });
  },
};

/** Keys and their names. */
export const kmsTypes: readonly ResourceType[] = [key, alias];
