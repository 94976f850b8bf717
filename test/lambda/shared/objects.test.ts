import { S3Client } from '@aws-sdk/client-s3';
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { itemsOf } from '../../../lambda/shared/items';
import { s3Objects, type Objects } from '../../../lambda/shared/objects';
import { useAws } from '../aws';
import { refusalOf } from '../support';

const aws = useAws();

const textOf = async (content: AsyncIterable<Uint8Array> | undefined): Promise<string | undefined> => {
  if (content === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

describe('objects in S3', () => {
  test('are read as they were written', async () => {
    const bucket = await aws().newBucket();
    const objects = s3Objects(aws().s3);
    await objects.write({ bucket, key: 'a/ü b.txt' }, Buffer.from('Zürich'));
    expect(await textOf(await objects.read({ bucket, key: 'a/ü b.txt' }))).toBe('Zürich');
  });

  test('that do not exist read as nothing', async () => {
    const bucket = await aws().newBucket();
    expect(await s3Objects(aws().s3).read({ bucket, key: 'nowhere' })).toBeUndefined();
  });

  test('are listed page by page, in the order of S3', async () => {
    const bucket = await aws().newBucket();
    const keys = Array.from({ length: 1_001 }, (_, index) => `in/${String(index).padStart(4, '0')}`);
    await Promise.all(keys.map((key) => aws().put(bucket, key, 'x')));
    const listed: string[] = [];
    for await (const key of s3Objects(aws().s3).keys(bucket, 'in/')) listed.push(key);
    expect(listed).toEqual(keys);
  });

  test('make the items of a manifest', async () => {
    const bucket = await aws().newBucket();
    await aws().put(bucket, 'list.jsonl', '1\r\n"ü"\r\n\r\n');
    expect(await itemsOf(s3Objects(aws().s3), { manifest: { bucket, key: 'list.jsonl' } })).toEqual(['1', '"ü"']);
  });

  test('need a bucket', async () => {
    const missing = { bucket: 'there-is-no-such-bucket', key: 'k' };
    expect(await refusalOf(() => s3Objects(aws().s3).read(missing))).toBe(
      'MissingBucket: there is no bucket for s3://there-is-no-such-bucket/k: check its name and the Region',
    );
  });
});

describe('objects out of reach', () => {
  /** S3 that denies everything. */
  const denied = async (use: (objects: Objects) => Promise<unknown>): Promise<string> => {
    const server = createServer((_, response) => {
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end('<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    const s3 = new S3Client({
      endpoint: `http://127.0.0.1:${address.port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    try {
      return await refusalOf(() => use(s3Objects(s3)));
    } finally {
      s3.destroy();
      server.close();
    }
  };

  test('fail to be read with the permission that is missing', async () => {
    expect(await denied((objects) => objects.read({ bucket: 'data', key: 'a' }))).toBe(
      'AccessDenied: access to s3://data/a is denied: allow the function s3:GetObject there, and its key when it is ' +
        'encrypted; without s3:ListBucket a missing object looks like this, too',
    );
  });

  test('fail to be listed with the permission that is missing', async () => {
    const source = { prefix: { bucket: 'data', prefix: 'in/' } };
    expect(await denied((objects) => itemsOf(objects, source))).toMatch(
      /^AccessDenied: access to s3:\/\/data\/in\/ is denied: allow the function s3:ListBucket there/,
    );
  });

  test('fail to be written with the permission that is missing', async () => {
    expect(await denied((objects) => objects.write({ bucket: 'data', key: 'a' }, Buffer.from('x')))).toMatch(
      /^AccessDenied: access to s3:\/\/data\/a is denied: allow the function s3:PutObject there/,
    );
  });
});
