import { AwsError, notSupported } from '../core/errors';
import type { Input, Output } from '../core/service';
import type { Bucket } from './bucket';
import { read } from './store';

/** Members that GetObject gives back as they were put. */
const KEPT = ['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'Expires', 'StorageClass'];

/** Members that `propertiesOf` reads. */
export const PROPERTY_MEMBERS = [
  ...KEPT,
  'ACL',
  'BucketKeyEnabled',
  'ContentType',
  'Metadata',
  'ServerSideEncryption',
  'SSEKMSKeyId',
];

const DEFAULT_TYPE = 'binary/octet-stream';
const MAX_METADATA_BYTES = 2048;
const PRIVATE_ACLS = ['private', 'bucket-owner-full-control'];

const metadataOf = (input: Input): Readonly<Record<string, string>> => {
  const metadata = Object.entries(read(input).textMap('Metadata')).map(
    ([key, value]) => [key.toLowerCase(), value] as const,
  );
  const bytes = metadata.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  if (bytes > MAX_METADATA_BYTES) {
    throw new AwsError(
      'MetadataTooLarge',
      `the metadata of an object must not exceed ${MAX_METADATA_BYTES} bytes, got ${bytes}`,
    );
  }
  return Object.fromEntries(metadata);
};

/** The encryption that an answer names. Bytes are not encrypted on this machine's disk. */
const encryptionOf = (bucket: Bucket, input: Input): Output => {
  const reader = read(input);
  const asked = reader.optionalText('ServerSideEncryption');
  if (asked !== undefined && asked !== 'AES256' && asked !== 'aws:kms') {
    throw notSupported(`the server-side encryption ${asked}`, 'it takes AES256 and aws:kms');
  }
  if (asked !== undefined) {
    return { ServerSideEncryption: asked, SSEKMSKeyId: reader.optionalText('SSEKMSKeyId') };
  }
  const rule = defaultEncryption(bucket);
  return { ServerSideEncryption: rule.SSEAlgorithm, SSEKMSKeyId: rule.KMSMasterKeyID };
};

/** What the bucket does with objects that name no encryption. */
export const defaultEncryption = (bucket: Bucket): { SSEAlgorithm: string; KMSMasterKeyID?: string } => {
  const stored = bucket.configuration.get('ServerSideEncryptionConfiguration');
  const rules = stored === undefined ? [] : read({ stored }).record('stored').records('Rules');
  const standard = rules.at(0)?.optionalRecord('ApplyServerSideEncryptionByDefault');
  if (standard === undefined) return { SSEAlgorithm: 'AES256' };
  return { SSEAlgorithm: standard.text('SSEAlgorithm'), KMSMasterKeyID: standard.optionalText('KMSMasterKeyID') };
};

/** What is kept about an object besides its bytes. */
export const propertiesOf = (bucket: Bucket, input: Input): Output => {
  const reader = read(input);
  const acl = reader.optionalText('ACL');
  if (acl !== undefined && !PRIVATE_ACLS.includes(acl)) {
    throw notSupported(`the ACL ${acl}`, `it takes ${PRIVATE_ACLS.join(' and ')}`);
  }
  return {
    ...Object.fromEntries(KEPT.map((member) => [member, reader.optionalText(member)])),
    ContentType: reader.optionalText('ContentType') ?? DEFAULT_TYPE,
    Metadata: metadataOf(input),
    ...encryptionOf(bucket, input),
  };
};
