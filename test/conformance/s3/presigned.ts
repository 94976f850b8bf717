import { expect } from 'vitest';
import { makeBucket } from '../kit/buckets';
import { table } from '../kit/table';
import type { OwnTarget } from '../kit/target';

const SOURCE = 'AmazonS3/latest/API/sigv4-query-string-auth.html';
const DIFFERS = 'signatures are not checked';

/** A bucket with the object `a`, and URLs as SDKs presign them. */
const presigning = async (target: OwnTarget) => {
  const bucket = await makeBucket(target);
  await bucket.put('a', 'hello');
  const { url, world } = target.endpoint;
  const presign = (key: string, more: Readonly<Record<string, string>> = {}): string => {
    const date = world.clock
      .date()
      .toISOString()
      .replace(/[-:]|\.\d+/g, '');
    const query = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
      'X-Amz-Credential': `KEY/${date.slice(0, 8)}/us-east-1/s3/aws4_request`,
      'X-Amz-Date': date,
      'X-Amz-Expires': '900',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': '0',
      ...more,
    });
    return `${url}/${bucket.Bucket}/${key}?${query.toString()}`;
  };
  return { ...bucket, presign, clock: world.clock };
};

const codeOf = async (answer: Response): Promise<string> => {
  const [, code = ''] = /<Code>(\w+)<\/Code>/.exec(await answer.text()) ?? [];
  return `${answer.status} ${code}`;
};

export const presigned = table('S3', 'Presigned URLs', [
  {
    behaviour: 'a presigned URL reads an object, with the headers of the answer that it names',
    source: SOURCE,
    differs: DIFFERS,
    local: async (target) => {
      const { presign } = await presigning(target);
      const answer = await fetch(presign('a', { 'response-content-disposition': 'attachment; filename="b"' }));
      expect(await answer.text()).toBe('hello');
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="b"');
    },
  },
  {
    behaviour: 'a presigned URL writes an object, with the metadata in its query',
    source: SOURCE,
    differs: DIFFERS,
    local: async (target) => {
      const { presign, get } = await presigning(target);
      const url = presign('b', { 'x-amz-meta-owner': 'me', 'x-id': 'PutObject' });
      expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(200);
      expect(await get('b')).toMatchObject({ Metadata: { owner: 'me' }, ContentLength: 1 });
    },
  },
  {
    behaviour: 'a presigned URL works until it expires',
    source: SOURCE,
    local: async (target) => {
      const { presign, clock } = await presigning(target);
      const url = presign('a');
      await clock.advance(890_000);
      expect((await fetch(url)).status).toBe(200);
      await clock.advance(20_000);
      expect(await codeOf(await fetch(url))).toBe('403 AccessDenied');
    },
  },
  {
    behaviour: 'signature version 2 is refused: a presigned URL and a request need version 4',
    source: 'AmazonS3/latest/API/ErrorResponses.html',
    local: async (target) => {
      const { presign } = await presigning(target);
      const [address] = presign('a').split('?');
      const query = new URLSearchParams({ AWSAccessKeyId: 'KEY', Expires: '4000000000', Signature: '0' });
      const refused = [
        await fetch(`${address}?${query.toString()}`),
        await fetch(address, { headers: { authorization: 'AWS KEY:0' } }),
      ];
      for (const answer of refused) {
        expect(answer.status).toBe(400);
        const body = await answer.text();
        expect(body).toContain('<Code>InvalidRequest</Code>');
        expect(body).toContain('Please use AWS4-HMAC-SHA256');
      }
    },
  },
  {
    behaviour: 'a presigned URL lasts a week at most, and has a date',
    source: SOURCE,
    local: async (target) => {
      const { presign } = await presigning(target);
      const refused = '400 AuthorizationQueryParametersError';
      expect(await codeOf(await fetch(presign('a', { 'X-Amz-Expires': '604801' })))).toBe(refused);
      expect(await codeOf(await fetch(presign('a', { 'X-Amz-Date': 'x' })))).toBe(refused);
      expect((await fetch(presign('a', { 'X-Amz-Expires': '604800' }))).status).toBe(200);
    },
  },
]);
