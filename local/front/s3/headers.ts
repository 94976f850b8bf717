/** Headers of requests and answers, by the member of the API that they carry. */
const BOTH = [
  ['cache-control', 'CacheControl'],
  ['content-disposition', 'ContentDisposition'],
  ['content-encoding', 'ContentEncoding'],
  ['content-language', 'ContentLanguage'],
  ['content-type', 'ContentType'],
  ['expires', 'Expires'],
  ['x-amz-checksum-crc32', 'ChecksumCRC32'],
  ['x-amz-checksum-crc32c', 'ChecksumCRC32C'],
  ['x-amz-checksum-crc64nvme', 'ChecksumCRC64NVME'],
  ['x-amz-checksum-sha1', 'ChecksumSHA1'],
  ['x-amz-checksum-sha256', 'ChecksumSHA256'],
  ['x-amz-checksum-type', 'ChecksumType'],
  ['x-amz-server-side-encryption', 'ServerSideEncryption'],
  ['x-amz-server-side-encryption-aws-kms-key-id', 'SSEKMSKeyId'],
  ['x-amz-server-side-encryption-bucket-key-enabled', 'BucketKeyEnabled'],
  ['x-amz-storage-class', 'StorageClass'],
] as const;

/** Headers of requests. */
export const REQUEST_HEADERS: ReadonlyMap<string, string> = new Map<string, string>([
  ...BOTH,
  ['content-md5', 'ContentMD5'],
  ['if-match', 'IfMatch'],
  ['if-none-match', 'IfNoneMatch'],
  ['if-modified-since', 'IfModifiedSince'],
  ['if-unmodified-since', 'IfUnmodifiedSince'],
  ['range', 'Range'],
  ['x-amz-acl', 'ACL'],
  ['x-amz-checksum-algorithm', 'ChecksumAlgorithm'],
  ['x-amz-checksum-mode', 'ChecksumMode'],
  ['x-amz-copy-source', 'CopySource'],
  ['x-amz-copy-source-if-match', 'CopySourceIfMatch'],
  ['x-amz-copy-source-if-modified-since', 'CopySourceIfModifiedSince'],
  ['x-amz-copy-source-if-none-match', 'CopySourceIfNoneMatch'],
  ['x-amz-copy-source-if-unmodified-since', 'CopySourceIfUnmodifiedSince'],
  ['x-amz-copy-source-range', 'CopySourceRange'],
  ['x-amz-expected-bucket-owner', 'ExpectedBucketOwner'],
  ['x-amz-metadata-directive', 'MetadataDirective'],
  ['x-amz-mp-object-size', 'MpuObjectSize'],
  ['x-amz-object-ownership', 'ObjectOwnership'],
  ['x-amz-sdk-checksum-algorithm', 'ChecksumAlgorithm'],
  ['x-amz-confirm-remove-self-bucket-access', 'ConfirmRemoveSelfBucketAccess'],
  ['x-amz-skip-destination-validation', 'SkipDestinationValidation'],
  ['x-amz-transition-default-minimum-object-size', 'TransitionDefaultMinimumObjectSize'],
]);

/** Headers that carry the request itself, not a parameter of the operation. */
export const TRANSPORT_HEADERS = new Set([
  'x-amz-algorithm',
  'x-amz-content-sha256',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-expires',
  'x-amz-id-2',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-signedheaders',
  'x-amz-te',
  'x-amz-trailer',
  'x-amz-user-agent',
]);

/** Headers of answers. */
export const ANSWER_HEADERS: readonly (readonly [string, string])[] = [
  ...BOTH,
  ['accept-ranges', 'AcceptRanges'],
  ['content-length', 'ContentLength'],
  ['content-range', 'ContentRange'],
  ['etag', 'ETag'],
  ['last-modified', 'LastModified'],
  ['location', 'Location'],
  ['x-amz-bucket-region', 'BucketRegion'],
  ['x-amz-copy-source-version-id', 'CopySourceVersionId'],
  ['x-amz-delete-marker', 'DeleteMarker'],
  ['x-amz-version-id', 'VersionId'],
];

/** Prefix of the headers that carry a user's metadata. */
export const METADATA_PREFIX = 'x-amz-meta-';
