import { createHash } from 'node:crypto';
import { AwsError } from '../core/errors';
import type { Input } from '../core/service';
import { crc32, crc32c, crc64nvme } from './crc';
import { read } from './store';

const digest = (algorithm: string) => (data: Uint8Array) => createHash(algorithm).update(data).digest();

const ALGORITHMS: Readonly<Record<string, (data: Uint8Array) => Buffer>> = {
  ChecksumCRC32: crc32,
  ChecksumCRC32C: crc32c,
  ChecksumCRC64NVME: crc64nvme,
  ChecksumSHA1: digest('sha1'),
  ChecksumSHA256: digest('sha256'),
};

/** Members of the API that hold a checksum. */
export const CHECKSUMS = Object.keys(ALGORITHMS);

/** The MD5 digest that makes an ETag. */
export const md5 = digest('md5');

/** The ETag of a body that was put at once. */
export const etagOf = (body: Uint8Array): string => `"${md5(body).toString('hex')}"`;

const verify = (name: string, expected: string, actual: Buffer): void => {
  if (actual.toString('base64') !== expected) {
    throw new AwsError('BadDigest', `the body does not have the ${name} that was sent, ${expected}; it was damaged`);
  }
};

/** Refuses a body that is not what was sent; returns the checksums that were verified. */
export const verifyChecksums = (input: Input, body: Uint8Array): Readonly<Record<string, string>> => {
  const reader = read(input);
  const contentMd5 = reader.optionalText('ContentMD5');
  if (contentMd5 !== undefined) verify('Content-MD5', contentMd5, md5(body));
  const verified: Record<string, string> = {};
  for (const [member, compute] of Object.entries(ALGORITHMS)) {
    const expected = reader.optionalText(member);
    if (expected === undefined) continue;
    verify(member.replace('Checksum', 'checksum '), expected, compute(body));
    verified[member] = expected;
  }
  return verified;
};
