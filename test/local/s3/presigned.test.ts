import { CreateBucketCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { s3Client } from './client';

let endpoint: Endpoint;
let s3: S3Client;
const Bucket = 'presigned';

beforeAll(async () => {
  endpoint = await startEndpoint();
  s3 = s3Client(endpoint);
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'hello' }));
});
afterAll(() => endpoint.close());

/** A URL as SDKs presign it; the endpoint does not check signatures. */
const presign = (key: string, seconds: number, more: Readonly<Record<string, string>> = {}): string => {
  const date = new Date(Date.now() - 60_000).toISOString().replace(/[-:]|\.\d+/g, '');
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    'X-Amz-Credential': `KEY/${date.slice(0, 8)}/us-east-1/s3/aws4_request`,
    'X-Amz-Date': date,
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '0',
    ...more,
  });
  return `${endpoint.url}/${Bucket}/${key}?${query.toString()}`;
};

describe('a presigned URL', () => {
  test('reads an object, under another name if it says so', async () => {
    const answer = await fetch(presign('a', 900, { 'response-content-disposition': 'attachment; filename="b"' }));
    expect(await answer.text()).toBe('hello');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="b"');
  });

  test('writes an object with the metadata in its query', async () => {
    const url = presign('b', 900, { 'x-amz-meta-owner': 'me', 'x-id': 'PutObject' });
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(200);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'b' }))).Metadata).toEqual({ owner: 'me' });
  });

  test.each([
    ['that has expired', '30', '', 403],
    ['without a date', '900', 'x', 400],
  ])('refuses one %s', async (_case, seconds, date, status) => {
    const more: Record<string, string> = date === '' ? {} : { 'X-Amz-Date': date };
    const answer = await fetch(presign('a', Number(seconds), more));
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain('presigned URL');
  });
});
