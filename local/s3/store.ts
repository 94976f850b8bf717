import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Collection } from '../core/collection';
import { AwsError, notSupported } from '../core/errors';
import { Incoming } from '../core/incoming';
import { Reader } from '../core/reader';
import type { Input } from '../core/service';
import type { World } from '../core/world';
import { Blobs } from './blobs';
import { Bucket, type KeptBucket, type ObjectVersion, type Upload } from './bucket';
import { invalid, noSuchBucket } from './failures';

/** The bucket of the CDK bootstrap stack, which nobody deploys here. */
const ASSETS_BUCKET = /^cdk-[a-z0-9]{1,10}-assets-/;
const BUCKET_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const MAX_KEY_BYTES = 1024;

/** All buckets, and where their bytes are. */
export class Store {
  readonly buckets = new Map<string, Bucket>();
  readonly blobs: Blobs;
  private readonly kept: Collection<Omit<KeptBucket, 'objects'>>;

  constructor(readonly world: World) {
    this.blobs = new Blobs(join(world.directory, 's3'));
    this.kept = world.collection('s3/buckets');
    for (const [name, bucket] of this.kept) this.buckets.set(name, this.open(name, bucket));
    this.blobs.sweep(new Set([...this.buckets.values()].flatMap((bucket) => bucket.blobs)));
  }

  /** Keeps what a bucket is but for its objects, or that it is gone. */
  save(name: string): void {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) this.kept.delete(name);
    else this.kept.set(name, bucket.kept);
  }

  private open(name: string, kept: Omit<KeptBucket, 'objects'>): Bucket {
    const objects = this.world.collection<ObjectVersion[]>(`s3/objects/${name}`);
    return new Bucket(name, { ...kept, objects }, (key, versions) => {
      if (versions.length === 0) objects.delete(key);
      else objects.set(key, [...versions]);
    });
  }

  create(name: string): Bucket {
    if (!BUCKET_NAME.test(name) || name.includes('..')) {
      throw new AwsError(
        'InvalidBucketName',
        `a bucket name must have 3 to 63 lower-case letters, digits, dots and hyphens, got ${JSON.stringify(name)}`,
      );
    }
    const existing = this.buckets.get(name);
    // In us-east-1, S3 answers the owner who creates a bucket again as if it were new.
    if (existing !== undefined) return existing;
    const empty = {
      versioning: undefined,
      configuration: new Map<string, unknown>(),
      uploads: new Map<string, Upload>(),
    };
    const bucket = this.open(name, { ...empty, created: this.world.clock.date() });
    this.buckets.set(name, bucket);
    this.save(name);
    return bucket;
  }

  find(name: string): Bucket | undefined {
    return this.buckets.get(name) ?? (ASSETS_BUCKET.test(name) ? this.create(name) : undefined);
  }

  /** The bucket that an input names. */
  bucketOf(input: Input): Bucket {
    const reader = read(input);
    const name = reader.text('Bucket');
    const owner = reader.optionalText('ExpectedBucketOwner');
    if (owner !== undefined && owner !== this.world.account) {
      throw new AwsError('AccessDenied', `the bucket ${name} belongs to ${this.world.account}, not to ${owner}`, 403);
    }
    const bucket = this.find(name);
    if (bucket === undefined) throw noSuchBucket(name);
    return bucket;
  }
}

/** Reads an input in the words of S3. */
export const read = (input: Input): Reader => new Reader(input, '', 'InvalidArgument');

/** The key that an input names. */
export const keyOf = (input: Input): string => {
  const key = read(input).text('Key');
  const bytes = Buffer.byteLength(key);
  if (bytes > MAX_KEY_BYTES) {
    throw new AwsError('KeyTooLongError', `a key must not exceed ${MAX_KEY_BYTES} bytes, got ${bytes}`);
  }
  if (bytes === 0) throw invalid("'Key' must not be empty");
  return key;
};

/** The bytes that an input carries; none is an empty object. */
export const bodyOf = (input: Input): Incoming => {
  const body = input.Body;
  if (body instanceof Incoming) return body;
  if (body === undefined || body === null) return new Incoming(Readable.from([]));
  if (typeof body === 'string') return new Incoming(Readable.from([Buffer.from(body)]));
  if (body instanceof Uint8Array) return new Incoming(Readable.from([body]));
  throw notSupported("a 'Body' that is not bytes or text");
};
