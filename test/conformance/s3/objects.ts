import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  waitUntilObjectExists,
  waitUntilObjectNotExists,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { actAs } from '../kit/acting';
import { makeBucket } from '../kit/buckets';
import { table } from '../kit/table';

const GET = 'AmazonS3/latest/API/API_GetObject.html';
const COPY = 'AmazonS3/latest/API/API_CopyObject.html';
const SOON = { maxWaitTime: 60, minDelay: 0.01, maxDelay: 1 };

export const objects = table('S3', 'Objects', [
  {
    behaviour: 'what describes an object comes back as it was put, with names of metadata in lower case',
    source: 'AmazonS3/latest/userguide/UsingMetadata.html',
    test: async (target) => {
      const { Bucket, s3, put, get } = await makeBucket(target);
      const kept = {
        CacheControl: 'no-cache',
        ContentDisposition: 'attachment',
        ContentEncoding: 'gzip',
        ContentLanguage: 'de',
        ContentType: 'text/csv; charset=utf-8',
        StorageClass: 'STANDARD_IA',
      } as const;
      await put('a', 'x', { ...kept, Metadata: { Owner: 'me', 'with-dash': 'a b' } });
      const shown = { ...kept, Metadata: { owner: 'me', 'with-dash': 'a b' }, ContentLength: 1, AcceptRanges: 'bytes' };
      expect(await get('a')).toMatchObject(shown);
      expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).toMatchObject(shown);
    },
  },
  {
    behaviour: 'metadata of more than 2 KB is refused',
    source: 'AmazonS3/latest/userguide/UsingMetadata.html',
    test: async (target) => {
      const { put } = await makeBucket(target);
      await put('a', 'x', { Metadata: { k: 'v'.repeat(2047) } });
      await expect(put('a', 'x', { Metadata: { k: 'v'.repeat(2048) } })).rejects.toMatchObject({
        name: 'MetadataTooLarge',
      });
    },
  },
  {
    behaviour: 'a key is up to 1,024 bytes of UTF-8',
    source: 'AmazonS3/latest/userguide/object-keys.html',
    test: async (target) => {
      const { put, text } = await makeBucket(target);
      await put('ä'.repeat(512), 'x');
      expect(await text('ä'.repeat(512))).toBe('x');
      await expect(put('ä'.repeat(513))).rejects.toMatchObject({ name: 'KeyTooLongError' });
    },
  },
  {
    behaviour: 'the ETag of an object is the MD5 of its bytes, unless a key of AWS KMS encrypts it',
    source: 'AmazonS3/latest/API/API_Object.html',
    test: async (target) => {
      const { put, get } = await makeBucket(target);
      const expected = `"${createHash('md5').update('hello').digest('hex')}"`;
      expect((await put('a', 'hello')).ETag).toBe(expected);
      expect((await get('a')).ETag).toBe(expected);
      const { ETag } = await put('b', 'hello', { ServerSideEncryption: 'aws:kms' });
      expect(ETag).toMatch(/^"[0-9a-f]{32}"$/);
      expect(ETag).not.toBe(expected);
    },
  },
  {
    behaviour: 'objects are encrypted with AES256 unless they ask for another encryption',
    source: 'AmazonS3/latest/userguide/default-bucket-encryption.html',
    differs: 'nothing is encrypted: answers name the encryption',
    test: async (target) => {
      const { put, get } = await makeBucket(target);
      expect(await put('a')).toMatchObject({ ServerSideEncryption: 'AES256' });
      expect(await put('b', 'x', { ServerSideEncryption: 'aws:kms' })).toMatchObject({
        ServerSideEncryption: 'aws:kms',
      });
      expect(await get('b')).toMatchObject({ ServerSideEncryption: 'aws:kms' });
    },
  },
  {
    behaviour: 'a range reads a part of an object: from, to, or the last bytes',
    source: GET,
    test: async (target) => {
      const { put, get } = await makeBucket(target);
      await put('digits', '0123456789');
      const cases = [
        ['bytes=0-0', '0', 'bytes 0-0/10'],
        ['bytes=0-9', '0123456789', 'bytes 0-9/10'],
        ['bytes=2-4', '234', 'bytes 2-4/10'],
        ['bytes=7-', '789', 'bytes 7-9/10'],
        ['bytes=-3', '789', 'bytes 7-9/10'],
        ['bytes=-30', '0123456789', 'bytes 0-9/10'],
        ['bytes=8-30', '89', 'bytes 8-9/10'],
      ] as const;
      for (const [Range, expected, ContentRange] of cases) {
        const answer = await get('digits', { Range });
        expect(answer).toMatchObject({ ContentRange, ContentLength: expected.length });
        expect(await answer.Body?.transformToString()).toBe(expected);
        expect(answer.$metadata.httpStatusCode).toBe(206);
      }
    },
  },
  {
    behaviour: 'a range beyond the end is refused with 416',
    source: 'AmazonS3/latest/API/ErrorResponses.html',
    test: async (target) => {
      const { put, get } = await makeBucket(target);
      await put('digits', '0123456789');
      for (const Range of ['bytes=10-', 'bytes=10-20']) {
        await expect(get('digits', { Range })).rejects.toMatchObject({
          ...{ name: 'InvalidRange', $metadata: { httpStatusCode: 416 } },
        });
      }
    },
  },
  {
    behaviour: 'a reader can name other headers for the answer',
    source: GET,
    test: async (target) => {
      const { put, get } = await makeBucket(target);
      await put('a', 'x', { ContentType: 'text/plain' });
      const ContentDisposition = 'attachment; filename=testing.txt';
      const asked = { ResponseContentDisposition: ContentDisposition, ResponseContentType: 'text/csv' };
      expect(await get('a', asked)).toMatchObject({ ContentDisposition, ContentType: 'text/csv' });
    },
  },
  {
    behaviour: 'what is not there fails with NoSuchKey, NoSuchBucket, or 404 without words to HEAD',
    source: 'AmazonS3/latest/API/ErrorResponses.html',
    test: async (target) => {
      const { Bucket, s3, get } = await makeBucket(target);
      await expect(get('none')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
      const nowhere = new HeadObjectCommand({ Bucket, Key: 'none' });
      await expect(s3.send(nowhere)).rejects.toMatchObject({ name: 'NotFound', $metadata: { httpStatusCode: 404 } });
      const elsewhere = new CopyObjectCommand({ Bucket, Key: 'a', CopySource: `${target.name('no')}/a` });
      await expect(s3.send(elsewhere)).rejects.toMatchObject({ name: 'NoSuchBucket' });
    },
  },
  {
    behaviour: 'who may not list a bucket gets 403 rather than 404 for what is not there',
    source: GET,
    test: async (target) => {
      const { Bucket, put } = await makeBucket(target);
      await put('there');
      const Resource = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];
      const readOf = async (...actions: readonly string[]) => {
        const { s3 } = await actAs(target, [{ Effect: 'Allow', Action: actions, Resource }]);
        const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket, Key }));
        await target.eventually(() => head('there'));
        return head('none');
      };
      await expect(readOf('s3:GetObject')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
      await expect(readOf('s3:GetObject', 's3:ListBucket')).rejects.toMatchObject({
        $metadata: { httpStatusCode: 404 },
      });
    },
  },
  {
    behaviour: 'a copy has the metadata of its source, or with REPLACE those of the request',
    source: COPY,
    test: async (target) => {
      const { Bucket, s3, put, get } = await makeBucket(target);
      const source = 'ä source+1';
      const CopySource = `${Bucket}/${encodeURIComponent(source)}`;
      const { ETag } = await put(source, 'x', { Metadata: { a: '1' }, ContentType: 'text/plain' });
      const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
      expect(CopyObjectResult).toMatchObject({ ETag });
      expect(CopyObjectResult?.LastModified).toBeInstanceOf(Date);
      expect(await get('copy')).toMatchObject({ Metadata: { a: '1' }, ContentType: 'text/plain' });
      const replace = { MetadataDirective: 'REPLACE', Metadata: { b: '2' } } as const;
      await s3.send(new CopyObjectCommand({ Bucket, Key: 'other', CopySource, ...replace }));
      expect((await get('other')).Metadata).toEqual({ b: '2' });
    },
  },
  {
    behaviour: 'a copy of an object to itself that changes nothing is refused',
    source: COPY,
    test: async (target) => {
      const { Bucket, s3, put, get } = await makeBucket(target);
      await put('a');
      const self = { Bucket, Key: 'a', CopySource: `${Bucket}/a` };
      await expect(s3.send(new CopyObjectCommand(self))).rejects.toMatchObject({ name: 'InvalidRequest' });
      const replace = { MetadataDirective: 'REPLACE', Metadata: { b: '2' } } as const;
      await s3.send(new CopyObjectCommand({ ...self, ...replace }));
      expect((await get('a')).Metadata).toEqual({ b: '2' });
    },
  },
  {
    behaviour: 'a write replaces the object as a whole for every reader',
    source: 'AmazonS3/latest/userguide/Welcome.html#ConsistencyModel',
    test: async (target) => {
      const { put, text } = await makeBucket(target);
      await put('a', 'a'.repeat(50_000));
      const reads = Array.from({ length: 12 }, async (_, index) => {
        if (index % 4 === 0) await put('a', String.fromCharCode(97 + index).repeat(50_000));
        const read = await text('a');
        return `${read?.length ?? 0} of ${new Set(read).size}`;
      });
      expect(new Set(await Promise.all(reads))).toEqual(new Set(['50000 of 1']));
    },
  },
  {
    behaviour: 'deleting what is not there succeeds',
    source: 'AmazonS3/latest/API/API_DeleteObject.html',
    test: async (target) => {
      const { Bucket, s3 } = await makeBucket(target);
      const { $metadata } = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'none' }));
      expect($metadata.httpStatusCode).toBe(204);
    },
  },
  {
    behaviour: 'the waiters of the SDK see an object come and go',
    source: 'AmazonS3/latest/API/API_HeadObject.html',
    test: async (target) => {
      const { Bucket, s3, put } = await makeBucket(target);
      const place = { Bucket, Key: 'a' };
      const comes = waitUntilObjectExists({ client: s3, ...SOON }, place);
      await put('a');
      expect(await comes).toMatchObject({ state: 'SUCCESS' });
      const goes = waitUntilObjectNotExists({ client: s3, ...SOON }, place);
      await s3.send(new DeleteObjectCommand(place));
      expect(await goes).toMatchObject({ state: 'SUCCESS' });
    },
  },
]);
