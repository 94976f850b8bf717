import {
  CreateBucketCommand,
  type ListObjectsV2CommandInput,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { s3Client } from './client';

let endpoint: Endpoint;
let s3: S3Client;
const Bucket = 'listings';
const KEYS = ['a/1', 'a/2', 'a/b/3', 'b', 'c d/é', 'z'];

beforeAll(async () => {
  endpoint = await startEndpoint();
  s3 = s3Client(endpoint);
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (const Key of KEYS) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
});
afterAll(() => endpoint.close());

const list = async (options: Partial<ListObjectsV2CommandInput>) => {
  const page = await s3.send(new ListObjectsV2Command({ Bucket, ...options }));
  const keys = (page.Contents ?? []).map(({ Key }) => Key);
  return [...keys, ...(page.CommonPrefixes ?? []).map(({ Prefix }) => `${Prefix ?? ''}*`)];
};

describe('a listing of keys', () => {
  test.each<[Partial<ListObjectsV2CommandInput>, readonly string[]]>([
    [{}, KEYS],
    [{ Prefix: 'a/' }, ['a/1', 'a/2', 'a/b/3']],
    [{ Prefix: 'none' }, []],
    [{ Delimiter: '/' }, ['b', 'z', 'a/*', 'c d/*']],
    [{ Delimiter: '/', Prefix: 'a/' }, ['a/1', 'a/2', 'a/b/*']],
    [{ StartAfter: 'a/2' }, ['a/b/3', 'b', 'c d/é', 'z']],
    [{ StartAfter: 'a/2', Prefix: 'b' }, ['b']],
    [{ MaxKeys: 0 }, []],
    [{ MaxKeys: 2 }, ['a/1', 'a/2']],
    [{ EncodingType: 'url', Prefix: 'c' }, ['c%20d/%C3%A9']],
  ])('with %j holds %j', async (options, expected) => {
    expect(await list(options)).toEqual(expected);
  });

  test.each([1, 2, 3, 4])('in pages of %d with a delimiter names each prefix once', async (pageSize) => {
    const found: string[] = [];
    for await (const page of paginateListObjectsV2({ client: s3, pageSize }, { Bucket, Delimiter: '/' })) {
      expect((page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0)).toBeLessThanOrEqual(pageSize);
      found.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
      found.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ''));
    }
    expect(found.sort()).toEqual(['a/', 'b', 'c d/', 'z']);
  });

  test('describes its objects', async () => {
    const { Contents = [], ...page } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'z' }));
    expect(page).toMatchObject({ Name: Bucket, KeyCount: 1, MaxKeys: 1000, IsTruncated: false });
    expect(Contents[0]).toMatchObject({ Key: 'z', Size: 1, StorageClass: 'STANDARD' });
    expect(Contents[0].LastModified).toBeInstanceOf(Date);
  });

  test.each([{ MaxKeys: -1 }, { ContinuationToken: 'not a token' }])('refuses %j', async (options) => {
    await expect(list(options)).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('a listing of versions', () => {
  const versioned = 'versions';

  beforeAll(async () => {
    await s3.send(new CreateBucketCommand({ Bucket: versioned }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration }));
    for (const [Key, times] of Object.entries({ a: 3, b: 1, 'c/d': 2 })) {
      for (let index = 0; index < times; index += 1) {
        await s3.send(new PutObjectCommand({ Bucket: versioned, Key, Body: `${index}` }));
      }
    }
  });

  test('has the newest version of a key first', async () => {
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: versioned }));
    const seen = Versions.map(({ Key, IsLatest }) => `${Key ?? ''} ${String(IsLatest)}`);
    expect(seen).toEqual(['a true', 'a false', 'a false', 'b true', 'c/d true', 'c/d false']);
  });

  test.each([1, 2, 4, 100])('in pages of %d holds each version once', async (MaxKeys) => {
    const seen: (string | undefined)[] = [];
    let marker: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (marker !== undefined) {
      const page: Awaited<ReturnType<typeof listVersions>> = await listVersions({ MaxKeys, ...marker });
      seen.push(...(page.Versions ?? []).map(({ VersionId }) => VersionId));
      marker =
        page.IsTruncated === true
          ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
          : undefined;
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });

  test('rolls keys up at a delimiter', async () => {
    const page = await listVersions({ Delimiter: '/' });
    expect(page.Versions).toHaveLength(4);
    expect(page.CommonPrefixes).toEqual([{ Prefix: 'c/' }]);
  });

  const listVersions = (options: object) => s3.send(new ListObjectVersionsCommand({ Bucket: versioned, ...options }));
});
