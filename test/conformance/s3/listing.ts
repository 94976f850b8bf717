import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  type ListObjectsV2CommandInput,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListBuckets,
  paginateListObjectsV2,
  waitUntilBucketExists,
  waitUntilBucketNotExists,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { makeBucket } from '../kit/buckets';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const V2 = 'AmazonS3/latest/API/API_ListObjectsV2.html';
const PREFIXES = 'AmazonS3/latest/userguide/using-prefixes.html';
const BUCKETS = 'AmazonS3/latest/API/API_ListBuckets.html';
const SOON = { maxWaitTime: 60, minDelay: 0.01, maxDelay: 1 };

/** A bucket with objects, and a short form of its listings: keys, then prefixes with a star. */
const withKeys = async (target: Target, keys: readonly string[]) => {
  const bucket = await makeBucket(target);
  await Promise.all(keys.map((key) => bucket.put(key)));
  const list = async (options: Omit<ListObjectsV2CommandInput, 'Bucket'>) => {
    const page = await bucket.s3.send(new ListObjectsV2Command({ Bucket: bucket.Bucket, ...options }));
    const found = (page.Contents ?? []).map(({ Key = '' }) => Key);
    return [...found, ...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => `${Prefix}*`)];
  };
  return { ...bucket, list };
};

export const listing = table('S3', 'Listing', [
  {
    behaviour: 'keys are listed below a prefix, and rolled up at a delimiter',
    source: PREFIXES,
    test: async (target) => {
      const { list } = await withKeys(target, [
        'sample.jpg',
        ...['photos/2006/January/sample.jpg', 'photos/2006/February/sample2.jpg'],
        ...['photos/2006/February/sample3.jpg', 'photos/2006/February/sample4.jpg'],
      ]);
      expect(await list({ Delimiter: '/' })).toEqual(['sample.jpg', 'photos/*']);
      expect(await list({ Delimiter: '/', Prefix: 'photos/2006/' })).toEqual([
        ...['photos/2006/February/*', 'photos/2006/January/*'],
      ]);
      expect(await list({ Prefix: 'photos/2006/J' })).toEqual(['photos/2006/January/sample.jpg']);
      expect(await list({ Delimiter: 'February/', Prefix: 'photos/' })).toEqual([
        ...['photos/2006/January/sample.jpg', 'photos/2006/February/*'],
      ]);
    },
  },
  {
    behaviour: 'keys are in the order of their UTF-8 bytes',
    source: V2,
    test: async (target) => {
      const keys = ['\u{1f642}', 'a/', 'B', 'z', 'ä', 'a', '\uff61', 'a b'];
      const { list } = await withKeys(target, keys);
      const inOrder = [...keys].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
      expect(await list({})).toEqual(inOrder);
    },
  },
  {
    behaviour: 'a listing starts after a key that need not be there',
    source: V2,
    test: async (target) => {
      const { list } = await withKeys(target, ['a/1', 'a/3', 'b']);
      expect(await list({ StartAfter: 'a/1' })).toEqual(['a/3', 'b']);
      expect(await list({ StartAfter: 'a/2' })).toEqual(['a/3', 'b']);
      expect(await list({ StartAfter: 'a/2', Prefix: 'a/' })).toEqual(['a/3']);
      expect(await list({ StartAfter: 'c' })).toEqual([]);
    },
  },
  {
    behaviour: 'with the encoding url, keys and prefixes are percent-encoded',
    source: V2,
    test: async (target) => {
      const { list } = await withKeys(target, ['c/é+1', 'test_file(3).png']);
      expect(await list({ EncodingType: 'url', Prefix: 'c' })).toEqual(['c/%C3%A9%2B1']);
      expect(await list({ EncodingType: 'url', Prefix: 'test' })).toEqual(['test_file%283%29.png']);
    },
  },
  {
    behaviour: 'a page has up to 1,000 entries, however many are asked for',
    source: 'AmazonS3/latest/API/API_ListObjectVersions.html',
    test: async (target) => {
      const { Bucket, s3 } = await makeBucket(target, 'Enabled');
      const keys = Array.from({ length: 1005 }, (_, index) => `k${String(index).padStart(4, '0')}`);
      // Delete markers of what never was are the entries that are quickest to make.
      for (const some of [keys.slice(0, 1000), keys.slice(1000)]) {
        const Objects = some.map((Key) => ({ Key }));
        await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
      }
      const list = (more: object) => s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 5000, ...more }));
      const first = await list({});
      expect(first).toMatchObject({ MaxKeys: 1000, IsTruncated: true, NextKeyMarker: 'k0999' });
      const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = first;
      const second = await list({ KeyMarker, VersionIdMarker });
      expect(second.IsTruncated).toBe(false);
      expect([...(first.DeleteMarkers ?? []), ...(second.DeleteMarkers ?? [])].map(({ Key }) => Key)).toEqual(keys);
      const page = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 5000 }));
      expect(page).toMatchObject({ MaxKeys: 1000, KeyCount: 0, IsTruncated: false });
    },
  },
  {
    behaviour: 'pages of any size name each key and each rolled-up prefix once',
    source: V2,
    test: async (target) => {
      const { Bucket, s3 } = await withKeys(target, ['a/1', 'a/2', 'a/b/3', 'b', 'c d/é', 'z']);
      for (const pageSize of [1, 2, 3]) {
        const found: string[] = [];
        for await (const page of paginateListObjectsV2({ client: s3, pageSize }, { Bucket, Delimiter: '/' })) {
          expect(page.KeyCount).toBeLessThanOrEqual(pageSize);
          found.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
          found.push(...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix));
        }
        expect(found.sort()).toEqual(['a/', 'b', 'c d/', 'z']);
      }
    },
  },
  {
    behaviour: 'a listing describes its objects',
    source: V2,
    test: async (target) => {
      const { Bucket, s3, put } = await makeBucket(target);
      const { ETag } = await put('z', 'abc');
      const { Contents = [], ...page } = await s3.send(new ListObjectsV2Command({ Bucket }));
      expect(page).toMatchObject({ Name: Bucket, KeyCount: 1, MaxKeys: 1000, IsTruncated: false });
      expect(Contents.at(0)?.LastModified).toBeInstanceOf(Date);
      expect(Contents).toMatchObject([{ Key: 'z', Size: 3, ETag, StorageClass: 'STANDARD' }]);
    },
  },
  {
    behaviour: 'a token that no listing gave is refused',
    source: 'AmazonS3/latest/API/ErrorResponses.html',
    test: async (target) => {
      const { list } = await withKeys(target, []);
      await expect(list({ ContinuationToken: 'not a token' })).rejects.toMatchObject({ name: 'InvalidArgument' });
      await expect(list({ MaxKeys: -1 })).rejects.toMatchObject({ name: 'InvalidArgument' });
    },
  },
  {
    behaviour: 'buckets are listed in pages, by their name and below a prefix',
    source: BUCKETS,
    test: async (target) => {
      const { clients, name, cleanup } = target;
      const Prefix = name('listed');
      const names = ['c', 'a', 'b'].map((end) => `${Prefix}-${end}`);
      for (const Bucket of names) {
        await clients.s3.send(new CreateBucketCommand({ Bucket }));
        cleanup(() => clients.s3.send(new DeleteBucketCommand({ Bucket })));
      }
      const seen: unknown[] = [];
      for await (const page of paginateListBuckets({ client: clients.s3, pageSize: 2 }, { Prefix })) {
        expect(page.Prefix).toBe(Prefix);
        expect(page.Buckets?.length).toBeLessThanOrEqual(2);
        seen.push(...(page.Buckets ?? []).map(({ Name }) => Name));
      }
      expect(seen).toEqual([...names].sort());
      const { Buckets } = await clients.s3.send(new ListBucketsCommand({ Prefix, MaxBuckets: 1 }));
      expect(Buckets).toMatchObject([{ Name: `${Prefix}-a`, BucketRegion: target.region }]);
      expect(Buckets?.at(0)?.CreationDate).toBeInstanceOf(Date);
    },
  },
  {
    behaviour: 'the waiters of the SDK see a bucket come and go',
    source: 'AmazonS3/latest/API/API_HeadBucket.html',
    test: async ({ clients: { s3 }, name, region }) => {
      const Bucket = name('waited-for');
      const comes = waitUntilBucketExists({ client: s3, ...SOON }, { Bucket });
      await s3.send(new CreateBucketCommand({ Bucket }));
      expect(await comes).toMatchObject({ state: 'SUCCESS' });
      expect(await s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: region });
      const goes = waitUntilBucketNotExists({ client: s3, ...SOON }, { Bucket });
      await s3.send(new DeleteBucketCommand({ Bucket }));
      expect(await goes).toMatchObject({ state: 'SUCCESS' });
    },
  },
  {
    behaviour: 'a name that DNS would not take is refused',
    source: 'AmazonS3/latest/userguide/bucketnamingrules.html',
    test: async ({ clients: { s3 } }) => {
      for (const Bucket of ['Upper', 'under_score', '-dash', 'two..dots', '10.0.0.1', 'a'.repeat(64)]) {
        await expect(s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
          ...{ name: 'InvalidBucketName' },
        });
      }
    },
  },
]);
