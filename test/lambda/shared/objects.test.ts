import { DeleteObjectCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { itemsOf } from '../../../lambda/shared/items';
import { s3Objects, type Objects } from '../../../lambda/shared/objects';
import { useAws } from '../aws';
import { s3Fault, s3Page, withAnswers } from '../answers';
import { refusalOf } from '../support';

const aws = useAws();

const textOf = async (content: AsyncIterable<Uint8Array> | undefined): Promise<string | undefined> => {
  if (content === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

const keysOf = async (objects: Objects, bucket: string): Promise<readonly string[]> => {
  const keys: string[] = [];
  for await (const key of objects.keys(bucket, 'in/')) keys.push(key);
  return keys;
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

  test('are read in the version that an event told of', async () => {
    const bucket = await aws().newBucket();
    await aws().s3.send(
      new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    const put = (body: string) => aws().s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: body }));
    const { VersionId: first } = await put('first');
    await put('second');
    const { VersionId: marker } = await aws().s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'k' }));
    const objects = s3Objects(aws().s3);
    expect(await textOf(await objects.read({ bucket, key: 'k', versionId: first }))).toBe('first');
    expect(await objects.read({ bucket, key: 'k', versionId: marker })).toBeUndefined();
    expect(await objects.read({ bucket, key: 'k' })).toBeUndefined();
  });

  test('are listed below their prefix, in the order of S3', async () => {
    const bucket = await aws().newBucket();
    for (const key of ['in/b', 'in/a', 'out/c', 'in/B', 'in/a/1']) await aws().put(bucket, key, 'x');
    expect(await keysOf(s3Objects(aws().s3), bucket)).toEqual(['in/B', 'in/a', 'in/a/1', 'in/b']);
  });

  test('are listed page by page', async () => {
    const pages = [s3Page(['in/1', 'in/2'], 'more'), s3Page(['in/3'])];
    const keys = await withAnswers(pages, (options) => keysOf(s3Objects(new S3Client(options)), 'data'));
    expect(keys).toEqual(['in/1', 'in/2', 'in/3']);
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
  const denied = (use: (objects: Objects) => Promise<unknown>): Promise<string> =>
    withAnswers([s3Fault(403, 'AccessDenied')], (options) => refusalOf(() => use(s3Objects(new S3Client(options)))));

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
