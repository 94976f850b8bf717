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
export const encryptionOf = (bucket: Bucket, input: Input): Output => {
  const reader = read(input);
  const asked = reader.optionalText('ServerSideEncryption');
  if (asked !== undefined && asked !== 'AES256' && asked !== 'aws:kms') {
    throw notSupported(`the server-side encryption ${asked}`, 'it takes AES256 and aws:kms');
  }
  const rule = defaultEncryption(bucket);
  const algorithm = asked ?? rule.SSEAlgorithm;
  const isBucketKey = reader.has('BucketKeyEnabled') ? reader.flag('BucketKeyEnabled') : rule.hasBucketKey;
  return {
    ServerSideEncryption: algorithm,
    SSEKMSKeyId: asked === undefined ? rule.KMSMasterKeyID : reader.optionalText('SSEKMSKeyId'),
    BucketKeyEnabled: algorithm === 'aws:kms' && isBucketKey ? true : undefined,
  };
};

interface DefaultEncryption {
  readonly SSEAlgorithm: string;
  readonly KMSMasterKeyID?: string;
  readonly hasBucketKey: boolean;
}

/** What the bucket does with objects that name no encryption. */
const defaultEncryption = (bucket: Bucket): DefaultEncryption => {
  const stored = bucket.configuration.get('ServerSideEncryptionConfiguration');
  const rules = stored === undefined ? [] : read({ stored }).record('stored').records('Rules');
  const standard = rules.at(0)?.optionalRecord('ApplyServerSideEncryptionByDefault');
  return {
    SSEAlgorithm: standard?.text('SSEAlgorithm') ?? 'AES256',
    KMSMasterKeyID: standard?.optionalText('KMSMasterKeyID'),
    hasBucketKey: rules.at(0)?.flag('BucketKeyEnabled') ?? false,
  };
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
