import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { s3Client } from './client';

let endpoint: Endpoint;
let s3: S3Client;
let Bucket: string;
let count = 0;
let files: readonly string[];
const Key = 'key';

beforeAll(async () => {
  endpoint = await startEndpoint();
  s3 = s3Client(endpoint);
});
afterAll(() => endpoint.close());

const filesOnDisk = () => readdir(join(endpoint.world.directory, 's3'));
const setVersioning = (Status: 'Enabled' | 'Suspended') =>
  s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const put = async (Body: string) => (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
const get = async (VersionId?: string) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();

beforeEach(async () => {
  Bucket = `versioned-${(count += 1)}`;
  files = await filesOnDisk();
  await s3.send(new CreateBucketCommand({ Bucket }));
});

describe('with versioning', () => {
  beforeEach(() => setVersioning('Enabled'));

  test('each write is a version that can be read again', async () => {
    const [first, second] = [await put('one'), await put('two')];
    expect(first).not.toBe(second);
    expect(await get()).toBe('two');
    expect(await get(first)).toBe('one');
    expect((await s3.send(new GetObjectCommand({ Bucket, Key }))).VersionId).toBe(second);
  });

  test('a deletion hides the object, and deleting the marker brings it back', async () => {
    const version = await put('one');
    const { VersionId, DeleteMarker } = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(DeleteMarker).toBe(true);
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(get(VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    expect(await get(version)).toBe('one');
    expect(await s3.send(new ListObjectsV2Command({ Bucket }))).toMatchObject({ KeyCount: 0 });
    await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    expect(await get()).toBe('one');
  });

  test('deleting all versions and markers empties the bucket, and removes the bytes', async () => {
    await put('one');
    await put('two');
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ VersionId }) => ({ Key, VersionId }));
    const { Deleted = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted.map(({ DeleteMarker }) => DeleteMarker)).toEqual([undefined, undefined, true]);
    await s3.send(new DeleteBucketCommand({ Bucket }));
    expect(await filesOnDisk()).toEqual(files);
  });

  test('suspended, the version without a name is replaced and the others stay', async () => {
    const kept = await put('kept');
    await setVersioning('Suspended');
    expect(await put('one')).toBe('null');
    expect(await put('two')).toBe('null');
    expect(await get('null')).toBe('two');
    expect(await get(kept)).toBe('kept');
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await expect(get('null')).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: 'null' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: kept }));
  });
});

describe('without versioning', () => {
  test('an object replaces the one before, on disk as well', async () => {
    expect(await put('one')).toBeUndefined();
    await put('two');
    expect(await filesOnDisk()).toHaveLength(files.length + 1);
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(await filesOnDisk()).toEqual(files);
  });

  test('objects are deleted together, quietly if that is asked for', async () => {
    await put('one');
    const Objects = [{ Key }, { Key: 'never there' }];
    const loud = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(loud.Deleted).toEqual(Objects);
    const quiet = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    expect(quiet.Deleted).toBeUndefined();
  });
});
