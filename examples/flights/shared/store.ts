import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Reads a JSON object, or a range of bytes of it. */
export async function readJson(s3: S3Client, bucket: string, key: string, range?: string): Promise<unknown> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range }));
  if (Body === undefined) throw new Error(`s3://${bucket}/${key} has no body`);
  return JSON.parse(await Body.transformToString());
}

export async function writeJson(s3: S3Client, bucket: string, key: string, value: unknown): Promise<void> {
  await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(value), ContentType: 'application/json' }),
  );
}
