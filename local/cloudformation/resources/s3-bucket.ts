import { notSupported } from '../../core/errors';
import type { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { generatedName } from '../types/names';
import type { PhysicalResource, ResourceContext, ResourceType } from '../types/resource-type';
import { sameValue } from '../template/json';
import { orElse } from './patience';
import { lifecycleRules } from './s3-lifecycle';

/** A property that is one configuration of the bucket, and the operations that set and clear it. */
interface Setting {
  readonly property: string;
  readonly put: string;
  readonly clear?: string;
  readonly inputOf: (value: Reader) => Input;
}

const encryptionRule = (rule: Reader): Input => {
  const standard = rule.optionalRecord('ServerSideEncryptionByDefault');
  return {
    ApplyServerSideEncryptionByDefault:
      standard === undefined
        ? undefined
        : { SSEAlgorithm: standard.text('SSEAlgorithm'), KMSMasterKeyID: standard.optionalText('KMSMasterKeyID') },
    BucketKeyEnabled: rule.flag('BucketKeyEnabled'),
  };
};

const notification = (value: Reader): Input => {
  const other = Object.keys(value.values).find((name) => name !== 'EventBridgeConfiguration');
  if (other !== undefined) {
    throw notSupported(`${other} of a bucket`, 'switch EventBridge on for the bucket and use a rule');
  }
  // Without the flag, CloudFormation takes the configuration as "on".
  const isOn = value.optionalRecord('EventBridgeConfiguration')?.values.EventBridgeEnabled ?? true;
  return isOn === true || isOn === 'true' ? { EventBridgeConfiguration: {} } : {};
};

const settings: readonly Setting[] = [
  {
    property: 'VersioningConfiguration',
    put: 'PutBucketVersioning',
    inputOf: (value) => ({ VersioningConfiguration: value.values }),
  },
  {
    property: 'BucketEncryption',
    put: 'PutBucketEncryption',
    clear: 'DeleteBucketEncryption',
    inputOf: (value) => ({
      ServerSideEncryptionConfiguration: {
        Rules: value.records('ServerSideEncryptionConfiguration').map(encryptionRule),
      },
    }),
  },
  {
    property: 'PublicAccessBlockConfiguration',
    put: 'PutPublicAccessBlock',
    clear: 'DeletePublicAccessBlock',
    inputOf: (value) => ({ PublicAccessBlockConfiguration: value.values }),
  },
  {
    property: 'OwnershipControls',
    put: 'PutBucketOwnershipControls',
    clear: 'DeleteBucketOwnershipControls',
    inputOf: (value) => ({ OwnershipControls: value.values }),
  },
  {
    property: 'LifecycleConfiguration',
    put: 'PutBucketLifecycleConfiguration',
    clear: 'DeleteBucketLifecycle',
    inputOf: (value) => ({ LifecycleConfiguration: lifecycleRules(value) }),
  },
  {
    property: 'NotificationConfiguration',
    put: 'PutBucketNotificationConfiguration',
    inputOf: (value) => ({ NotificationConfiguration: notification(value) }),
  },
];

/** What a cleared setting without an operation of its own is set to. */
const cleared: Readonly<Record<string, Input>> = {
  VersioningConfiguration: { VersioningConfiguration: { Status: 'Suspended' } },
  NotificationConfiguration: { NotificationConfiguration: {} },
};

const apply = async (bucket: string, setting: Setting, properties: Reader, context: ResourceContext): Promise<void> => {
  const value = properties.optionalRecord(setting.property);
  if (value !== undefined) await context.call('s3', setting.put, { Bucket: bucket, ...setting.inputOf(value) });
  else if (setting.clear !== undefined) await context.call('s3', setting.clear, { Bucket: bucket });
  else await context.call('s3', setting.put, { Bucket: bucket, ...cleared[setting.property] });
};

const setTags = async (bucket: string, properties: Reader, context: ResourceContext): Promise<void> => {
  const TagSet = properties.list('Tags');
  if (TagSet.length > 0) await context.call('s3', 'PutBucketTagging', { Bucket: bucket, Tagging: { TagSet } });
  else await context.call('s3', 'DeleteBucketTagging', { Bucket: bucket });
};

const physical = (name: string, context: ResourceContext): PhysicalResource => ({
  id: name,
  attributes: {
    Arn: `arn:${context.partition}:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${context.region}.amazonaws.com`,
  },
});

export const s3Bucket: ResourceType = {
  type: 'AWS::S3::Bucket',
  properties: [...settings.map(({ property }) => property), 'BucketName', 'Tags'],
  create: async (properties, context) => {
    const name = properties.optionalText('BucketName') ?? generatedName(context, 63).toLowerCase();
    await context.call('s3', 'CreateBucket', { Bucket: name });
    const configure = async (): Promise<void> => {
      for (const setting of settings) {
        if (properties.has(setting.property)) await apply(name, setting, properties, context);
      }
      if (properties.has('Tags')) await setTags(name, properties, context);
    };
    await orElse(configure, () => context.call('s3', 'DeleteBucket', { Bucket: name }));
    return physical(name, context);
  },
  update: async (existing, properties, context) => {
    for (const setting of settings) {
      const former = existing.properties.values[setting.property];
      if (!sameValue(former, properties.values[setting.property]))
        await apply(existing.id, setting, properties, context);
    }
    await setTags(existing.id, properties, context);
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('s3', 'DeleteBucket', { Bucket: id });
  },
};
