import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { s3Client } from './client';

let endpoint: Endpoint;
let s3: S3Client;
const Bucket = 'multipart';
const MINIMUM = 5 * 1024 ** 2;

beforeAll(async () => {
  endpoint = await startEndpoint();
  s3 = s3Client(endpoint);
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => endpoint.close());

const begin = async (Key: string) => {
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/plain', Metadata: { a: '1' } }),
  );
  return { Bucket, Key, UploadId };
};
type Upload = Awaited<ReturnType<typeof begin>>;

const upload = async (target: Upload, PartNumber: number, Body: Uint8Array): Promise<CompletedPart> => {
  const { ETag } = await s3.send(new UploadPartCommand({ ...target, PartNumber, Body }));
  return { ETag, PartNumber };
};
const complete = (target: Upload, Parts: CompletedPart[]) =>
  s3.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } }));
const md5 = (data: Uint8Array) => createHash('md5').update(data).digest();

describe('an upload in parts', () => {
  test('becomes one object of all parts in their order', async () => {
    const target = await begin('big & <odd> key');
    const bodies = [Buffer.alloc(MINIMUM, 'a'), Buffer.alloc(MINIMUM + 1, 'b'), Buffer.from('end')];
    const parts = await Promise.all(bodies.map((body, index) => upload(target, index + 1, body)));
    const done = await complete(target, parts);
    expect(done).toMatchObject({ Bucket, Key: target.Key });
    expect(done.ETag).toBe(`"${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-3"`);
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key: target.Key }));
    expect(answer).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' }, ETag: done.ETag });
    const read = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
    expect(Buffer.concat(bodies).equals(read)).toBe(true);
    expect(await readdir(join(endpoint.world.directory, 's3'))).toHaveLength(1);
  });

  test('takes a part again', async () => {
    const target = await begin('again');
    await upload(target, 1, Buffer.from('first'));
    await complete(target, [await upload(target, 1, Buffer.from('second'))]);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'again' }));
    expect(await Body?.transformToString()).toBe('second');
  });

  test('is gone when it is aborted', async () => {
    const before = await readdir(join(endpoint.world.directory, 's3'));
    const target = await begin('aborted');
    const part = await upload(target, 1, Buffer.from('x'));
    await s3.send(new AbortMultipartUploadCommand(target));
    await expect(complete(target, [part])).rejects.toMatchObject({ name: 'NoSuchUpload' });
    expect(await readdir(join(endpoint.world.directory, 's3'))).toEqual(before);
  });

  test.each<[string, string, (parts: CompletedPart[]) => CompletedPart[]]>([
    ['EntityTooSmall', 'a part before the last that is too small', (parts) => parts],
    ['InvalidPartOrder', 'parts out of order', ([first, second]) => [second, first]],
    ['InvalidPart', 'a part that was not uploaded', ([first]) => [first, { ETag: '"0"', PartNumber: 9 }]],
    ['InvalidPart', 'a part with another ETag', ([first]) => [{ ...first, ETag: '"0"' }]],
    ['MalformedXML', 'no part', () => []],
  ])('fails with %s on %s', async (name, _case, choose) => {
    const target = await begin('failing');
    const parts = [await upload(target, 1, Buffer.from('x')), await upload(target, 2, Buffer.from('y'))];
    await expect(complete(target, choose(parts))).rejects.toMatchObject({ name });
  });

  test.each([0, 10_001])('refuses the part number %d', async (number) => {
    await expect(upload(await begin('numbers'), number, Buffer.from('x'))).rejects.toThrow('from 1 to 10000');
  });

  test('refuses to list parts by the name of the operation', async () => {
    await expect(s3.send(new ListPartsCommand(await begin('parts')))).rejects.toThrow('s3:ListParts');
  });
});
