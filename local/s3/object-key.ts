import type { Call, Output } from '../core/service';
import type { Bucket } from './bucket';
import { read, type Store } from './store';

/** What S3 does with a key of AWS KMS, for whoever calls. */
type KeyAction = 'kms:Decrypt' | 'kms:GenerateDataKey';

/**
 * Refuses who may not use the key that an object, or an upload, is encrypted with; S3's own keys are for everybody.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const useKey = async (
  { world }: Store,
  { principal }: Call,
  bucket: Bucket,
  key: string,
  properties: Output,
  ...actions: readonly KeyAction[]
): Promise<void> => {
  const resource = read(properties).optionalText('SSEKMSKeyId');
  if (resource === undefined) return;
  // A bucket key is made for the bucket, once for many objects.
  const about = `arn:aws:s3:::${bucket.name}${properties.BucketKeyEnabled === true ? '' : `/${key}`}`;
  const context = { 'kms:EncryptionContext:aws:s3:arn': about, 'kms:ViaService': `s3.${world.region}.amazonaws.com` };
  for (const action of actions) {
    const denial = await world.denial({ principal, action, resource, context, service: 's3' });
    if (denial !== undefined) throw denial;
  }
};
