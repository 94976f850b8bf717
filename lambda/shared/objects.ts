import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectLocation } from '../../lib/contracts/items';
import { refusal } from './refusal';
import { printable } from './text';

/** The objects in S3, as far as handlers need them. */
export interface Objects {
  /** The content of an object in pieces; undefined when there is none. */
  read(location: ObjectLocation): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** The keys below a prefix, in the order of S3. */
  keys(bucket: string, prefix: string): AsyncIterable<string>;
  write(location: ObjectLocation, content: Uint8Array): Promise<void>;
}

/** `s3://bucket/key` for people, with the version when there is one. */
export const uriOf = ({ bucket, key, versionId }: ObjectLocation): string =>
  printable(`s3://${bucket}/${key}${versionId === undefined ? '' : ` (version ${versionId})`}`);

// S3 answers MethodNotAllowed for a version that is a delete marker.
const ABSENT = ['NoSuchKey', 'NoSuchVersion', 'NotFound', 'MethodNotAllowed'];

const explained = (error: unknown, uri: string, action: string): unknown => {
  if (!(error instanceof Error)) return error;
  if (error.name === 'NoSuchBucket') {
    return refusal('MissingBucket', `there is no bucket for ${uri}: check its name and the Region`);
  }
  if (error.name === 'AccessDenied' || error.name === 'Forbidden') {
    const hint = action === 's3:GetObject' ? '; without s3:ListBucket a missing object looks like this, too' : '';
    return refusal(
      'AccessDenied',
      `access to ${uri} is denied: allow the function ${action} there, and its key when it is encrypted${hint}`,
    );
  }
  return error;
};

/** The objects that a client of S3 reaches. */
export const s3Objects = (s3: S3Client): Objects => ({
  async read(location) {
    try {
      const { Body } = await s3.send(
        new GetObjectCommand({ Bucket: location.bucket, Key: location.key, VersionId: location.versionId }),
      );
      return Body?.transformToWebStream();
    } catch (error) {
      if (error instanceof Error && ABSENT.includes(error.name)) return undefined;
      throw explained(error, uriOf(location), 's3:GetObject');
    }
  },
  async *keys(bucket, prefix) {
    try {
      for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix })) {
        for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      }
    } catch (error) {
      throw explained(error, uriOf({ bucket, key: prefix }), 's3:ListBucket');
    }
  },
  async write(location, content) {
    try {
      await s3.send(
        new PutObjectCommand({
          Bucket: location.bucket,
          Key: location.key,
          Body: content,
          ContentType: 'application/jsonl',
        }),
      );
    } catch (error) {
      throw explained(error, uriOf(location), 's3:PutObject');
    }
  },
});
