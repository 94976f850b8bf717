import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Target } from './target';

/** Deletes all versions of all objects. */
const empty = async (s3: S3Client, Bucket: string): Promise<void> => {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  }
};

/** A bucket of a row's own, and its most usual calls. */
export const makeBucket = async ({ clients: { s3 }, name, cleanup }: Target, versioning?: 'Enabled') => {
  const Bucket = name('bucket');
  await s3.send(new CreateBucketCommand({ Bucket }));
  cleanup(async () => {
    await empty(s3, Bucket);
    await s3.send(new DeleteBucketCommand({ Bucket }));
  });
  const setVersioning = (Status: 'Enabled' | 'Suspended') =>
    s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  if (versioning !== undefined) await setVersioning(versioning);
  type Put = Omit<PutObjectCommandInput, 'Bucket' | 'Key' | 'Body'>;
  type Get = Omit<GetObjectCommandInput, 'Bucket' | 'Key'>;
  const put = (Key: string, Body: PutObjectCommandInput['Body'] = Key, more: Put = {}) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const get = (Key: string, more: Get = {}) => s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  const text = async (Key: string, more: Get = {}) => (await get(Key, more)).Body?.transformToString();
  return { Bucket, s3, setVersioning, put, get, text };
};
