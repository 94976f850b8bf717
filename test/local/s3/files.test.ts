import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { s3Client } from './client';

let endpoint: Endpoint;
let s3: S3Client;
const place = { Bucket: 'bytes', Key: 'key' };

const filesOnDisk = () => readdir(join(endpoint.world.directory, 's3'));
const put = (Body: string) => s3.send(new PutObjectCommand({ ...place, Body }));

beforeEach(async () => {
  endpoint = await startEndpoint();
  s3 = s3Client(endpoint);
  await s3.send(new CreateBucketCommand({ Bucket: place.Bucket }));
});
afterEach(() => endpoint.close());

describe('files on disk', () => {
  test('go with the object that is replaced or deleted', async () => {
    await put('one');
    await put('two');
    expect(await filesOnDisk()).toHaveLength(1);
    await s3.send(new DeleteObjectCommand(place));
    expect(await filesOnDisk()).toEqual([]);
  });

  test('go with the last version, and the bucket can be deleted', async () => {
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket: place.Bucket, VersioningConfiguration }));
    await put('one');
    await put('two');
    await s3.send(new DeleteObjectCommand(place));
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand(place));
    const Objects = [...Versions, ...DeleteMarkers].map(({ VersionId }) => ({ Key: place.Key, VersionId }));
    await s3.send(new DeleteObjectsCommand({ Bucket: place.Bucket, Delete: { Objects } }));
    await s3.send(new DeleteBucketCommand({ Bucket: place.Bucket }));
    expect(await filesOnDisk()).toEqual([]);
  });

  test('are swept at the start when nothing names them; objects, versions and parts stay', async () => {
    const directory = await mkdtemp(join(tmpdir(), 's3-'));
    const restart = async () => {
      await endpoint.close();
      endpoint = await startEndpoint({ directory });
      s3 = s3Client(endpoint);
    };
    await restart();
    await s3.send(new CreateBucketCommand({ Bucket: place.Bucket }));
    await put('one');
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(place));
    await s3.send(new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: 'x' }));
    const before = await filesOnDisk();
    await writeFile(join(directory, 's3/interrupted'), 'half');
    await restart();
    expect(before).toHaveLength(2);
    expect((await filesOnDisk()).sort()).toEqual(before.sort());
  });

  test('of parts go when the upload ends, either way', async () => {
    const begin = async () => ({ ...place, ...(await s3.send(new CreateMultipartUploadCommand(place))) });
    const upload = async ({ UploadId }: { UploadId?: string }) =>
      s3.send(new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: 'x' }));
    const { UploadId } = await begin();
    await upload({ UploadId });
    await s3.send(new AbortMultipartUploadCommand({ ...place, UploadId }));
    expect(await filesOnDisk()).toEqual([]);
    const other = await begin();
    const { ETag, ChecksumCRC32 } = await upload(other);
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag, ChecksumCRC32 }] };
    await s3.send(new CompleteMultipartUploadCommand({ ...place, UploadId: other.UploadId, MultipartUpload }));
    expect(await filesOnDisk()).toHaveLength(1);
  });

  test('are not left by a write that fails', async () => {
    const ChecksumCRC32 = 'AAAAAA==';
    await expect(s3.send(new PutObjectCommand({ ...place, Body: 'x', ChecksumCRC32 }))).rejects.toMatchObject({
      ...{ name: 'BadDigest' },
    });
    expect(await filesOnDisk()).toEqual([]);
  });
});
