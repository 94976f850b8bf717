import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { crc32 } from '../../../local/s3/crc';
import { s3Client } from './client';

let endpoint: Endpoint;
let s3: S3Client;
const Bucket = 'objects';

beforeAll(async () => {
  endpoint = await startEndpoint();
  s3 = s3Client(endpoint);
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => endpoint.close());

const readBytes = async (Key: string, options: object = {}): Promise<Buffer> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...options }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

describe('bodies', () => {
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256));

  test.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256', 'CRC64NVME'] as const)(
    'come back as they were put with the checksum %s, which the client verifies again',
    async (ChecksumAlgorithm) => {
      await s3.send(new PutObjectCommand({ Bucket, Key: ChecksumAlgorithm, Body: bytes, ChecksumAlgorithm }));
      expect(bytes.equals(await readBytes(ChecksumAlgorithm))).toBe(true);
    },
  );

  test('of streams come back without the frames they travel in', async () => {
    const Body = Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: bytes.length }));
    expect(bytes.equals(await readBytes('stream'))).toBe(true);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'stream', ChecksumMode: 'ENABLED' }));
    expect(head.ContentEncoding).toBeUndefined();
    expect(head.ContentLength).toBe(bytes.length);
    expect(head.ChecksumCRC32).toBe(crc32(bytes).toString('base64'));
  });

  test('may be empty', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'empty', Body: '', ContentLength: 0 }));
    expect(await readBytes('empty')).toHaveLength(0);
  });

  test.each([
    ['bytes=0-0', 'bytes 0-0/200000', 1],
    ['bytes=10-19', 'bytes 10-19/200000', 10],
    ['bytes=199990-', 'bytes 199990-199999/200000', 10],
    ['bytes=-5', 'bytes 199995-199999/200000', 5],
    ['bytes=199999-300000', 'bytes 199999-199999/200000', 1],
    ['bytes=5-4', undefined, 200_000],
    ['lines=1-2', undefined, 200_000],
  ])('are read by the range %s', async (Range, ContentRange, length) => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'ranged', Body: bytes }));
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key: 'ranged', Range }));
    const start = Number(/bytes (\d+)/.exec(ContentRange ?? 'bytes 0')?.[1]);
    expect(answer.ContentRange).toBe(ContentRange);
    const read = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
    expect(bytes.subarray(start, start + length).equals(read)).toBe(true);
  });

  test('fails on a range after the end', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'short', Body: 'abc' }));
    await expect(readBytes('short', { Range: 'bytes=3-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  test('survive a read while the object is replaced', async () => {
    const put = (text: string) =>
      s3.send(new PutObjectCommand({ Bucket, Key: 'contended', Body: text.repeat(50_000) }));
    await put('a');
    const reads = Array.from({ length: 20 }, async (_, index) => {
      if (index % 4 === 0) await put(String.fromCharCode(97 + index));
      return new Set((await readBytes('contended')).toString()).size;
    });
    expect(new Set(await Promise.all(reads))).toEqual(new Set([1]));
  });
});

describe('what is kept with an object', () => {
  test('is given back as it was put', async () => {
    const kept = {
      CacheControl: 'no-cache',
      ContentDisposition: 'attachment',
      ContentEncoding: 'gzip',
      ContentLanguage: 'de',
      ContentType: 'text/csv; charset=utf-8',
      Metadata: { owner: 'me', 'with-dash': 'a b' },
      StorageClass: 'STANDARD_IA',
    } as const;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x', ...kept }));
    expect(await s3.send(new GetObjectCommand({ Bucket, Key: 'kept' }))).toMatchObject(kept);
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'kept' }))).toMatchObject(kept);
  });

  test('has a content type and an encryption without asking', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'plain', Body: 'x' }));
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'plain' }))).toMatchObject({
      ContentType: 'application/octet-stream',
      ServerSideEncryption: 'AES256',
      AcceptRanges: 'bytes',
    });
  });

  test('names the encryption that was asked for', async () => {
    const asked = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'key' } as const;
    expect(await s3.send(new PutObjectCommand({ Bucket, Key: 'kms', Body: 'x', ...asked }))).toMatchObject(asked);
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'kms' }))).toMatchObject(asked);
  });

  test('the ETag is the quoted MD5 of the bytes', async () => {
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: 'etag', Body: 'hello' }));
    expect(ETag).toBe(`"${createHash('md5').update('hello').digest('hex')}"`);
    const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'etag' }));
    expect(read.ETag).toBe(ETag);
    expect(read.LastModified).toBeInstanceOf(Date);
  });

  test('goes with a copy, unless it is replaced', async () => {
    const source = { Bucket, Key: 'ä source+1' };
    const CopySource = `${Bucket}/${encodeURIComponent(source.Key)}`;
    await s3.send(new PutObjectCommand({ ...source, Body: 'x', Metadata: { a: '1' }, ContentType: 'text/plain' }));
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
    const replace = { MetadataDirective: 'REPLACE', Metadata: { b: '2' } } as const;
    const { CopyObjectResult } = await s3.send(
      new CopyObjectCommand({ Bucket, Key: 'replaced', CopySource, ...replace }),
    );
    expect(CopyObjectResult?.LastModified).toBeInstanceOf(Date);
    const metadataOf = async (Key: string) => (await s3.send(new HeadObjectCommand({ Bucket, Key }))).Metadata;
    expect(await metadataOf('copy')).toEqual({ a: '1' });
    expect(await metadataOf('replaced')).toEqual({ b: '2' });
  });
});

describe('conditions', () => {
  beforeAll(() => s3.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'x' })));

  test('of many writers that want to be the first, one is', async () => {
    const write = () => s3.send(new PutObjectCommand({ Bucket, Key: 'lock', Body: 'x', IfNoneMatch: '*' }));
    const results = await Promise.allSettled(Array.from({ length: 10 }, write));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'lock' }));
    await write();
  });

  test.each([
    ['put', () => new PutObjectCommand({ Bucket, Key: 'there', Body: 'y', IfNoneMatch: '*' }), 412],
    ['put', () => new PutObjectCommand({ Bucket, Key: 'there', Body: 'y', IfMatch: '"0"' }), 412],
    ['get', () => new GetObjectCommand({ Bucket, Key: 'there', IfMatch: '"0"' }), 412],
    ['get', () => new GetObjectCommand({ Bucket, Key: 'there', IfUnmodifiedSince: new Date(0) }), 412],
    ['get', () => new GetObjectCommand({ Bucket, Key: 'there', IfNoneMatch: '*' }), 304],
    ['get', () => new GetObjectCommand({ Bucket, Key: 'there', IfModifiedSince: new Date() }), 304],
  ])('fails to %s when a condition does not hold (case %#)', async (_verb, command, httpStatusCode) => {
    const outcome = command();
    const sent = outcome instanceof PutObjectCommand ? s3.send(outcome) : s3.send(outcome);
    await expect(sent).rejects.toMatchObject({ $metadata: { httpStatusCode } });
  });
});

describe('what is not there', () => {
  test.each([
    ['NoSuchKey', { Bucket, Key: 'none' }],
    ['NoSuchBucket', { Bucket: 'no-such-bucket', Key: 'none' }],
    ['NoSuchVersion', { Bucket, Key: 'none', VersionId: 'x' }],
  ])('fails to be read with %s', async (name, input) => {
    await expect(s3.send(new GetObjectCommand(input))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('fails to be described with NotFound', async () => {
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('is deleted all the same', async () => {
    expect(await s3.send(new DeleteObjectCommand({ Bucket, Key: 'none' }))).toMatchObject({
      $metadata: { httpStatusCode: 204 },
    });
  });
});

describe('what is not supported', () => {
  test.each([
    ["'x-amz-tagging'", { Tagging: 'a=b' }],
    ["'x-amz-website-redirect-location'", { WebsiteRedirectLocation: '/x' }],
    ['the ACL public-read', { ACL: 'public-read' }],
    ['the server-side encryption aws:kms:dsse', { ServerSideEncryption: 'aws:kms:dsse' }],
    ["'x-amz-object-lock-mode'", { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date() }],
  ] as const)('refuses %s by its name', async (name, options) => {
    const put = s3.send(new PutObjectCommand({ Bucket, Key: 'refused', Body: 'x', ...options }));
    await expect(put).rejects.toThrow(name);
  });

  test('refuses a bucket of another account', async () => {
    const get = new GetObjectCommand({ Bucket, Key: 'x', ExpectedBucketOwner: '111111111111' });
    await expect(s3.send(get)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('refuses a key of more than 1024 bytes', async () => {
    const put = new PutObjectCommand({ Bucket, Key: 'ä'.repeat(513), Body: 'x' });
    await expect(s3.send(put)).rejects.toMatchObject({ name: 'KeyTooLongError' });
  });
});
