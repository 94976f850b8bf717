import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CopyObjectCommand, DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { makeBucket } from '../kit/buckets';
import { table } from '../kit/table';

const WRITES = 'AmazonS3/latest/userguide/conditional-writes.html';
const READS = 'AmazonS3/latest/userguide/conditional-reads.html';
const DELETES = 'AmazonS3/latest/userguide/conditional-deletes.html';
const FAILED = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } };
const HOUR_MS = 3_600_000;

export const conditions = table('S3', 'Conditional requests', [
  {
    behaviour: 'of many writers with If-None-Match: *, the first one writes and the others get 412',
    source: WRITES,
    test: async (target) => {
      const { put, text } = await makeBucket(target);
      const writers = Array.from({ length: 8 }, (_, index) => put('lock', `${index}`, { IfNoneMatch: '*' }));
      const results = await Promise.allSettled(writers);
      const winner = results.findIndex(({ status }) => status === 'fulfilled');
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await text('lock')).toBe(`${winner}`);
      await expect(put('lock', 'again', { IfNoneMatch: '*' })).rejects.toMatchObject(FAILED);
    },
  },
  {
    behaviour: 'If-None-Match: * writes over a delete marker',
    source: WRITES,
    test: async (target) => {
      const { Bucket, s3, put, text } = await makeBucket(target, 'Enabled');
      await put('a', 'one');
      await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
      await put('a', 'two', { IfNoneMatch: '*' });
      expect(await text('a')).toBe('two');
    },
  },
  {
    behaviour: 'If-None-Match: * gets 409 when the key is deleted while its bytes come',
    source: WRITES,
    local: async (target) => {
      const { Bucket, s3, put, get } = await makeBucket(target);
      let finish: () => void = () => undefined;
      const finished = new Promise<void>((resolve) => (finish = resolve));
      async function* slowly(): AsyncGenerator<string> {
        yield 'a';
        await finished;
        yield 'b';
      }
      const body = Readable.from(slowly(), { objectMode: false });
      const outcome = expect(put('a', body, { IfNoneMatch: '*', ContentLength: 2 })).rejects.toMatchObject({
        ...{ name: 'ConditionalRequestConflict', $metadata: { httpStatusCode: 409 } },
      });
      await target.eventually(async () => {
        expect(await readdir(join(target.endpoint.world.directory, 's3'))).toHaveLength(1);
      });
      await put('a');
      await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
      finish();
      await outcome;
      await expect(get('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
    },
  },
  {
    behaviour: 'If-Match writes over the object with that ETag only: 412 for another one, 404 for none',
    source: WRITES,
    test: async (target) => {
      const { put, text } = await makeBucket(target);
      const { ETag } = await put('a', 'one');
      await put('a', 'two', { IfMatch: ETag });
      await expect(put('a', 'three', { IfMatch: ETag })).rejects.toMatchObject(FAILED);
      await expect(put('none', 'x', { IfMatch: ETag })).rejects.toMatchObject({
        ...{ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } },
      });
      expect(await text('a')).toBe('two');
    },
  },
  {
    behaviour: 'If-Match deletes the object with that ETag only, and with * one that is there',
    source: DELETES,
    test: async (target) => {
      const { Bucket, s3, put, text } = await makeBucket(target);
      const { ETag } = await put('a');
      const remove = (IfMatch?: string) => s3.send(new DeleteObjectCommand({ Bucket, Key: 'a', IfMatch }));
      await expect(remove('"0"')).rejects.toMatchObject(FAILED);
      expect(await text('a')).toBe('a');
      await remove(ETag);
      await expect(text('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
      await put('a');
      await remove('*');
      await expect(text('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
    },
  },
  {
    behaviour: 'a read whose If-Match or If-Unmodified-Since fails gets 412',
    source: READS,
    test: async (target) => {
      const { Bucket, s3, put, get } = await makeBucket(target);
      const { ETag } = await put('a');
      await expect(get('a', { IfMatch: '"0"' })).rejects.toMatchObject(FAILED);
      await expect(get('a', { IfUnmodifiedSince: new Date(0) })).rejects.toMatchObject(FAILED);
      await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'a', IfMatch: '"0"' }))).rejects.toMatchObject({
        $metadata: { httpStatusCode: 412 },
      });
      expect(await get('a', { IfMatch: ETag })).toMatchObject({ ETag });
    },
  },
  {
    behaviour: 'a read whose If-None-Match or If-Modified-Since fails gets 304',
    source: READS,
    test: async (target) => {
      const { put, get } = await makeBucket(target);
      const { ETag } = await put('a');
      const { LastModified } = await get('a');
      const unchanged = { $metadata: { httpStatusCode: 304 } };
      await expect(get('a', { IfNoneMatch: ETag })).rejects.toMatchObject(unchanged);
      await expect(get('a', { IfModifiedSince: LastModified })).rejects.toMatchObject(unchanged);
      expect(await get('a', { IfNoneMatch: '"0"' })).toMatchObject({ ETag });
      expect(await get('a', { IfModifiedSince: new Date(0) })).toMatchObject({ ETag });
    },
  },
  {
    behaviour: 'of two conditions of a read, the one on the ETag decides',
    source: 'AmazonS3/latest/API/API_GetObject.html',
    test: async (target) => {
      const { put, get } = await makeBucket(target);
      const { ETag } = await put('a');
      expect(await get('a', { IfMatch: ETag, IfUnmodifiedSince: new Date(0) })).toMatchObject({ ETag });
      await expect(get('a', { IfNoneMatch: ETag, IfModifiedSince: new Date(0) })).rejects.toMatchObject({
        $metadata: { httpStatusCode: 304 },
      });
    },
  },
  {
    behaviour: 'a copy whose condition on its source fails gets 412',
    source: 'AmazonS3/latest/API/API_CopyObject.html',
    test: async (target) => {
      const { Bucket, s3, put } = await makeBucket(target);
      const { ETag } = await put('a');
      const copy = (more: object) =>
        s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a`, ...more }));
      const later = new Date(Date.now() + HOUR_MS);
      const failing = [
        { CopySourceIfMatch: '"0"' },
        { CopySourceIfNoneMatch: ETag },
        { CopySourceIfUnmodifiedSince: new Date(0) },
        { CopySourceIfNoneMatch: ETag, CopySourceIfModifiedSince: new Date(0) },
      ];
      for (const condition of failing) await expect(copy(condition)).rejects.toMatchObject(FAILED);
      await copy({ CopySourceIfMatch: ETag, CopySourceIfUnmodifiedSince: new Date(0) });
      await copy({ CopySourceIfUnmodifiedSince: later, CopySourceIfModifiedSince: new Date(0) });
    },
  },
]);
