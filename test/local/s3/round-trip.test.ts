import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { s3Client } from './client';

let endpoint: Endpoint;
let s3: S3Client;

beforeAll(async () => {
  endpoint = await startEndpoint();
  s3 = s3Client(endpoint);
});
afterAll(() => endpoint.close());

const isWellFormed = (key: string) => Buffer.from(key).toString() === key && Buffer.byteLength(key) <= 1024;

/** Keys that have confused servers before, and any others. */
const keys = fc.oneof(
  fc.constantFrom(
    'a b',
    'a+b',
    'a%2Fb',
    '%',
    'ä/ö',
    '日本/語',
    '🙂',
    'a//b',
    'x/../y',
    './z',
    '<&>\'"',
    'q?r=s',
    'h#i',
    'a/',
  ),
  fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).filter(isWellFormed),
);

describe('any bytes under any key', () => {
  test('come back as they were put, from buffers and from streams', async () => {
    const Bucket = 'round-trip';
    await s3.send(new CreateBucketCommand({ Bucket }));
    const property = fc.asyncProperty(
      keys,
      fc.uint8Array({ maxLength: 3000 }),
      fc.boolean(),
      async (Key, bytes, isStream) => {
        const Body = isStream ? Readable.from([Buffer.from(bytes)]) : bytes;
        await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: bytes.length }));
        const answer = await s3.send(new GetObjectCommand({ Bucket, Key }));
        expect(Buffer.from((await answer.Body?.transformToByteArray()) ?? [])).toEqual(Buffer.from(bytes));
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  test('are listed by their key, in the order of its bytes, and deleted by it', async () => {
    const Bucket = 'listed-keys';
    await s3.send(new CreateBucketCommand({ Bucket }));
    const property = fc.asyncProperty(fc.uniqueArray(keys, { minLength: 1, maxLength: 12 }), async (wanted) => {
      await Promise.all(wanted.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))));
      const listed: (string | undefined)[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 5, ContinuationToken }));
        listed.push(...(page.Contents ?? []).map(({ Key }) => Key));
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      const inOrder = [...wanted].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
      expect(listed).toEqual(inOrder);
      await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: wanted.map((Key) => ({ Key })) } }));
      expect(await s3.send(new ListObjectsV2Command({ Bucket }))).toMatchObject({ KeyCount: 0 });
    });
    await fc.assert(property, { numRuns: 40 });
  });
});
