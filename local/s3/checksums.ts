import { createHash } from 'node:crypto';
import { AwsError } from '../core/errors';
import type { Input } from '../core/service';
import { crc32, crc32c, crc64nvme, type Digest } from './crc';
import { read } from './store';

/** By the member of the API that holds the checksum. */
const ALGORITHMS: ReadonlyMap<string, () => Digest> = new Map([
  ['ChecksumCRC32', crc32],
  ['ChecksumCRC32C', crc32c],
  ['ChecksumCRC64NVME', crc64nvme],
  ['ChecksumSHA1', () => createHash('sha1')],
  ['ChecksumSHA256', () => createHash('sha256')],
]);

/** Members of the API that hold a checksum. */
export const CHECKSUMS = [...ALGORITHMS.keys()];

/** What S3 computes when nobody asks for another one. */
export const DEFAULT_CHECKSUM = 'ChecksumCRC64NVME';

/** The digest that a member of the API holds. */
export const digestOf = (member: string): Digest => {
  const create = ALGORITHMS.get(member);
  if (create === undefined) {
    throw new AwsError('InvalidRequest', `the checksum algorithm ${member.replace('Checksum', '')} is not supported`);
  }
  return create();
};

/** The one checksum that a request comes with; `announced` comes after its body. */
export const sentChecksum = (input: Input, announced: readonly string[] = []): string | undefined => {
  const sent = CHECKSUMS.filter((member) => read(input).has(member) || announced.includes(member));
  if (sent.length > 1) {
    throw new AwsError('InvalidRequest', 'a request takes a single checksum, got several of different algorithms');
  }
  return sent.at(0);
};

/** Refuses bytes that are not what was sent. */
export const verifyChecksum = (what: string, expected: string | undefined, actual: Buffer): void => {
  if (expected === undefined)
    throw new AwsError('MalformedTrailerError', `the ${what} that was announced did not come`);
  if (Buffer.from(expected, 'base64').length !== actual.length) {
    const code = what === 'Content-MD5' ? 'InvalidDigest' : 'InvalidRequest';
    throw new AwsError(code, `the ${what} is not one: ${JSON.stringify(expected)}`);
  }
  if (actual.toString('base64') !== expected) {
    throw new AwsError('BadDigest', `the ${what} that was sent, ${expected}, is not that of the bytes that came`);
  }
};
