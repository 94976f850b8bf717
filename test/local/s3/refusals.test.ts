import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { s3Client } from './client';

let endpoint: Endpoint;
let s3: S3Client;
const Bucket = 'objects';

beforeAll(async () => {
  endpoint = await startEndpoint();
  s3 = s3Client(endpoint);
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'x' }));
});
afterAll(() => endpoint.close());

test.each([
  ["'x-amz-tagging'", { Tagging: 'a=b' }],
  ["'x-amz-website-redirect-location'", { WebsiteRedirectLocation: '/x' }],
  ['the ACL public-read', { ACL: 'public-read' }],
  ['the server-side encryption aws:kms:dsse', { ServerSideEncryption: 'aws:kms:dsse' }],
  ["'x-amz-object-lock-mode'", { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date() }],
] as const)('refuses to put with %s by its name', async (name, options) => {
  const put = s3.send(new PutObjectCommand({ Bucket, Key: 'refused', Body: 'x', ...options }));
  await expect(put).rejects.toThrow(name);
});

test('refuses to read a part by its number, by the name of the parameter', async () => {
  const get = s3.send(new GetObjectCommand({ Bucket, Key: 'there', PartNumber: 1 }));
  await expect(get).rejects.toThrow("'PartNumber'");
});

test('refuses a parameter of the query that nobody knows', async () => {
  const answer = await fetch(`${endpoint.url}/${Bucket}/there?torrents=1`);
  expect(await answer.text()).toContain('torrents');
});

test('refuses a bucket of another account', async () => {
  const get = new GetObjectCommand({ Bucket, Key: 'there', ExpectedBucketOwner: '111111111111' });
  await expect(s3.send(get)).rejects.toMatchObject({ name: 'AccessDenied' });
});
