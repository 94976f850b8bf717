import { createHash, randomBytes } from 'node:crypto';
import type { Input, Output } from '../core/service';
import type { Incoming } from '../core/incoming';
import { DEFAULT_CHECKSUM, digestOf, sentChecksum, verifyChecksum } from './checksums';
import type { Digest } from './crc';
import { read, type Store } from './store';

/** Bytes that came, are what was sent, and are on disk. */
export interface Received {
  /** Name of the file with the bytes. */
  readonly blob: string;
  readonly size: number;
  /** With its quotes. */
  readonly etag: string;
  /** As the members of the API. */
  readonly checksum: Readonly<Record<string, string>>;
}

/** Shows bytes to digests on their way. */
export async function* through(
  chunks: AsyncIterable<Uint8Array>,
  digests: readonly Digest[],
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (const digest of digests) digest.update(chunk);
    yield chunk;
  }
}

/**
 * Writes bytes as they come, with the checksum that `wanted` names, or the one that was sent. `properties` tell how the
 * object is encrypted: the ETag is the MD5 of the bytes, but for keys of AWS KMS.
 */
export const receive = async (
  store: Store,
  body: Incoming,
  input: Input,
  properties: Output,
  wanted?: string,
): Promise<Received> => {
  const sent = sentChecksum(input, body.announced);
  const member = wanted ?? sent ?? DEFAULT_CHECKSUM;
  const digests = new Map(
    [...new Set([member, ...(sent === undefined ? [] : [sent])])].map((each) => [each, digestOf(each)]),
  );
  const contentMd5 = read(input).optionalText('ContentMD5');
  const isOpaque = properties.ServerSideEncryption === 'aws:kms';
  const md5 = isOpaque && contentMd5 === undefined ? undefined : createHash('md5');
  const all = [...(md5 === undefined ? [] : [md5]), ...digests.values()];
  const { blob, size } = await store.blobs.write(through(body.chunks, all));
  try {
    const md5Sum = md5?.digest();
    const sums = new Map([...digests].map(([each, digest]) => [each, digest.digest()]));
    if (contentMd5 !== undefined && md5Sum !== undefined) verifyChecksum('Content-MD5', contentMd5, md5Sum);
    const actual = sums.get(sent ?? '');
    if (sent !== undefined && actual !== undefined) {
      const expected = read({ ...input, ...body.trailing() }).optionalText(sent);
      verifyChecksum(sent.replace('Checksum', 'checksum '), expected, actual);
    }
    const opaque = isOpaque || md5Sum === undefined ? randomBytes(16) : md5Sum;
    const checksum = { [member]: sums.get(member)?.toString('base64') ?? '' };
    return { blob, size, etag: `"${opaque.toString('hex')}"`, checksum };
  } catch (error) {
    await store.blobs.remove(blob);
    throw error;
  }
};
