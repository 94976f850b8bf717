import {
  CopyObjectCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { makeBucket } from '../kit/buckets';
import { table } from '../kit/table';

const GUIDE = 'AmazonS3/latest/userguide';
const SUSPENDED = `${GUIDE}/AddingObjectstoVersionSuspendedBuckets.html`;
const Key = 'photo.gif';

export const versions = table('S3', 'Versions', [
  {
    behaviour: 'a bucket is unversioned until versioning is enabled',
    source: `${GUIDE}/Versioning.html`,
    test: async (target) => {
      const { Bucket, s3, put, setVersioning } = await makeBucket(target);
      const status = async () => (await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status;
      expect(await status()).toBeUndefined();
      expect((await put(Key)).VersionId).toBeUndefined();
      await setVersioning('Enabled');
      expect(await status()).toBe('Enabled');
    },
  },
  {
    behaviour: 'each write of a versioned bucket is a version of its own, and the newest is read',
    source: `${GUIDE}/AddingObjectstoVersioningEnabledBuckets.html`,
    test: async (target) => {
      const { put, text, get } = await makeBucket(target, 'Enabled');
      const first = await put(Key, 'one');
      const second = await put(Key, 'two');
      expect(first.VersionId).not.toBe(second.VersionId);
      expect(await get(Key)).toMatchObject({ VersionId: second.VersionId });
      expect(await text(Key)).toBe('two');
      expect(await text(Key, { VersionId: first.VersionId })).toBe('one');
      await expect(get(Key, { VersionId: 'null' })).rejects.toMatchObject({ name: 'NoSuchVersion' });
    },
  },
  {
    behaviour: 'a deletion puts a delete marker before the versions, which stay',
    source: `${GUIDE}/DeleteMarker.html`,
    test: async (target) => {
      const { Bucket, s3, put, text, get } = await makeBucket(target, 'Enabled');
      const { VersionId } = await put(Key, 'one');
      const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      expect(marker).toMatchObject({ DeleteMarker: true });
      expect(marker.VersionId).not.toBe(VersionId);
      await expect(get(Key)).rejects.toMatchObject({ name: 'NoSuchKey' });
      expect(await s3.send(new ListObjectsV2Command({ Bucket }))).toMatchObject({ KeyCount: 0 });
      expect(await text(Key, { VersionId })).toBe('one');
    },
  },
  {
    behaviour: 'a delete marker cannot be read, and deleting it brings the object back',
    source: `${GUIDE}/ManagingDelMarkers.html`,
    test: async (target) => {
      const { Bucket, s3, put, text, get } = await makeBucket(target, 'Enabled');
      await put(Key, 'one');
      const { VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      await expect(get(Key, { VersionId })).rejects.toMatchObject({
        ...{ name: 'MethodNotAllowed', $metadata: { httpStatusCode: 405 } },
      });
      expect(await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))).toMatchObject({
        ...{ DeleteMarker: true, VersionId },
      });
      expect(await text(Key)).toBe('one');
    },
  },
  {
    behaviour: 'deleting the newest version for good makes the one before it the current one',
    source: `${GUIDE}/DeletingObjectVersions.html`,
    test: async (target) => {
      const { Bucket, s3, put, text } = await makeBucket(target, 'Enabled');
      await put(Key, 'one');
      const { VersionId } = await put(Key, 'two');
      await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
      expect(await text(Key)).toBe('one');
    },
  },
  {
    behaviour: 'copying a former version restores it as the newest',
    source: `${GUIDE}/RestoringPreviousVersions.html`,
    test: async (target) => {
      const { Bucket, s3, put, text } = await makeBucket(target, 'Enabled');
      const { VersionId = '' } = await put(Key, 'one');
      await put(Key, 'two');
      const CopySource = `${Bucket}/${Key}?versionId=${VersionId}`;
      const copy = await s3.send(new CopyObjectCommand({ Bucket, Key, CopySource }));
      expect(copy).toMatchObject({ CopySourceVersionId: VersionId });
      expect(copy.VersionId).not.toBe(VersionId);
      expect(await text(Key)).toBe('one');
    },
  },
  {
    behaviour: 'with versioning suspended, writes replace the version null and the others stay',
    source: SUSPENDED,
    test: async (target) => {
      const { put, text, setVersioning } = await makeBucket(target, 'Enabled');
      const kept = await put(Key, 'kept');
      await setVersioning('Suspended');
      expect((await put(Key, 'one')).VersionId ?? 'null').toBe('null');
      await put(Key, 'two');
      expect(await text(Key, { VersionId: 'null' })).toBe('two');
      expect(await text(Key, { VersionId: kept.VersionId })).toBe('kept');
    },
  },
  {
    behaviour: 'with versioning suspended, a deletion replaces the version null with a delete marker',
    source: `${GUIDE}/DeletingObjectsfromVersioningSuspendedBuckets.html`,
    test: async (target) => {
      const { Bucket, s3, put, get, text, setVersioning } = await makeBucket(target);
      await put(Key, 'old');
      await setVersioning('Enabled');
      const kept = await put(Key, 'kept');
      await setVersioning('Suspended');
      expect(await text(Key, { VersionId: 'null' })).toBe('old');
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      await expect(get(Key, { VersionId: 'null' })).rejects.toMatchObject({ name: 'MethodNotAllowed' });
      expect(await text(Key, { VersionId: kept.VersionId })).toBe('kept');
    },
  },
  {
    behaviour: 'versions are listed by key, newest first, with the delete markers among them',
    source: `${GUIDE}/list-obj-version-enabled-bucket.html`,
    test: async (target) => {
      const { Bucket, s3, put } = await makeBucket(target, 'Enabled');
      for (const key of ['a', 'b', 'a', 'c/d']) await put(key);
      await s3.send(new DeleteObjectCommand({ Bucket, Key: 'b' }));
      const list = (more: object) => s3.send(new ListObjectVersionsCommand({ Bucket, ...more }));
      const { Versions = [], DeleteMarkers = [] } = await list({});
      expect(Versions.map(({ Key: key, IsLatest }) => [key, IsLatest])).toEqual([
        ...[['a', true] as const, ['a', false] as const],
        ...[['b', false] as const, ['c/d', true] as const],
      ]);
      expect(DeleteMarkers).toMatchObject([{ Key: 'b', IsLatest: true }]);
      const rolled = await list({ Delimiter: '/' });
      expect(rolled.CommonPrefixes).toEqual([{ Prefix: 'c/' }]);
    },
  },
  {
    behaviour: 'pages of versions go on after a key and a version',
    source: 'AmazonS3/latest/API/API_ListObjectVersions.html',
    test: async (target) => {
      const { Bucket, s3, put } = await makeBucket(target, 'Enabled');
      for (const key of ['a', 'a', 'a', 'b', 'c']) await put(key);
      const list = (marks: { KeyMarker?: string; VersionIdMarker?: string }) =>
        s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...marks }));
      const seen: string[] = [];
      let page = await list({});
      for (;;) {
        seen.push(...(page.Versions ?? []).map(({ Key: key = '', VersionId = '' }) => `${key} ${VersionId}`));
        if (page.IsTruncated !== true) break;
        page = await list({ KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker });
      }
      expect(seen.map((each) => each[0]).join('')).toBe('aaabc');
      expect(new Set(seen).size).toBe(5);
    },
  },
  {
    behaviour: 'a bucket is deleted only without objects, versions and delete markers',
    source: 'AmazonS3/latest/API/API_DeleteBucket.html',
    test: async (target) => {
      const { Bucket, s3, put } = await makeBucket(target, 'Enabled');
      await put(Key);
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
        ...{ name: 'BucketNotEmpty', $metadata: { httpStatusCode: 409 } },
      });
    },
  },
  {
    behaviour: 'DeleteObjects deletes up to 1,000 objects or versions, and tells of each unless it is quiet',
    source: 'AmazonS3/latest/API/API_DeleteObjects.html',
    test: async (target) => {
      const { Bucket, s3, put } = await makeBucket(target, 'Enabled');
      const { VersionId } = await put('a');
      await put('b');
      const remove = (Objects: { Key: string; VersionId?: string }[], Quiet = false) =>
        s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet } }));
      const { Deleted } = await remove([{ Key: 'a', VersionId }, { Key: 'b' }, { Key: 'never' }]);
      expect(Deleted).toMatchObject([
        { Key: 'a', VersionId },
        { Key: 'b', DeleteMarker: true },
        { Key: 'never', DeleteMarker: true },
      ]);
      const keys = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}` }));
      expect((await remove(keys(1000), true)).Deleted).toBeUndefined();
      await expect(remove(keys(1001))).rejects.toMatchObject({ name: 'MalformedXML' });
    },
  },
  {
    behaviour: 'a listing of keys leaves out those with a delete marker, whatever page they are on',
    source: `${GUIDE}/DeleteMarker.html`,
    test: async (target) => {
      const { Bucket, s3, put } = await makeBucket(target, 'Enabled');
      for (const key of ['a', 'b', 'c', 'd']) await put(key);
      for (const key of ['b', 'd']) await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
      const seen: unknown[] = [];
      for await (const page of paginateListObjectsV2({ client: s3, pageSize: 1 }, { Bucket })) {
        seen.push(...(page.Contents ?? []).map(({ Key: key }) => key));
      }
      expect(seen).toEqual(['a', 'c']);
    },
  },
]);
