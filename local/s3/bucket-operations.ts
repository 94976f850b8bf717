import { AwsError, notSupported } from '../core/errors';
import { refuseOthers } from '../core/parameters';
import type { Input, Operation } from '../core/service';
import type { Bucket } from './bucket';
import { invalid } from './failures';
import { integrity } from './integrity';
import { markOf, sizeOf, tokenOf } from './page';
import { read, type Store } from './store';
import { endUpload } from './uploads';

const ONLY_BUCKET = new Set(['Bucket', 'ExpectedBucketOwner']);
const LIST_SUPPORTED = new Set(['BucketRegion', 'ContinuationToken', 'MaxBuckets', 'Prefix']);
const MAX_BUCKETS = 10_000;
const CREATE_SUPPORTED = new Set(['ACL', 'Bucket', 'CreateBucketConfiguration', 'ObjectOwnership']);

const only = (store: Store, operation: string, input: Input): Bucket => {
  refuseOthers(`s3:${operation}`, input, ONLY_BUCKET);
  return store.bucketOf(input);
};

const createBucket =
  (store: Store): Operation =>
  (input) => {
    refuseOthers('s3:CreateBucket', input, CREATE_SUPPORTED);
    const acl = read(input).optionalText('ACL') ?? 'private';
    if (acl !== 'private') throw notSupported(`the ACL ${acl}`, 'it takes private');
    const constraint = read(input).optionalRecord('CreateBucketConfiguration')?.optionalText('LocationConstraint');
    if (constraint !== undefined && constraint !== '' && constraint !== store.world.region) {
      throw new AwsError(
        'IllegalLocationConstraintException',
        `the local endpoint has the region ${store.world.region} only, got ${constraint}`,
      );
    }
    const bucket = store.create(read(input).text('Bucket'));
    return { Location: `/${bucket.name}` };
  };

const deleteBucket =
  (store: Store): Operation =>
  async (input) => {
    const bucket = only(store, 'DeleteBucket', input);
    if (!bucket.isEmpty) {
      throw new AwsError(
        'BucketNotEmpty',
        `the bucket ${bucket.name} still holds objects, versions or delete markers; delete them first`,
        409,
      );
    }
    store.buckets.delete(bucket.name);
    for (const uploadId of bucket.uploads.keys()) await endUpload(store, bucket, uploadId);
    return {};
  };

const putBucketVersioning =
  (store: Store): Operation =>
  (input) => {
    refuseOthers(
      's3:PutBucketVersioning',
      input,
      new Set([...ONLY_BUCKET, 'VersioningConfiguration', ...integrity(input)]),
    );
    const bucket = store.bucketOf(input);
    const status = read(input).record('VersioningConfiguration').text('Status');
    if (status !== 'Enabled' && status !== 'Suspended') {
      throw invalid(`'VersioningConfiguration.Status' must be Enabled or Suspended, got ${status}`);
    }
    bucket.versioning = status;
    return {};
  };

const listBuckets =
  (store: Store): Operation =>
  (input) => {
    refuseOthers('s3:ListBuckets', input, LIST_SUPPORTED);
    const reader = read(input);
    const { region, account } = store.world;
    const prefix = reader.optionalText('Prefix');
    const token = reader.optionalText('ContinuationToken');
    const size = sizeOf(input, 'MaxBuckets', MAX_BUCKETS);
    const after = [...store.buckets.values()]
      .filter(({ name }) => name.startsWith(prefix ?? '') && (token === undefined || name > markOf(token)))
      .filter(() => (reader.optionalText('BucketRegion') ?? region) === region)
      .sort((left, right) => (left.name < right.name ? -1 : 1));
    const page = after.slice(0, size);
    const last = after.length > size ? page.at(-1) : undefined;
    return {
      Buckets: page.map(({ name, created }) => ({ Name: name, CreationDate: created, BucketRegion: region })),
      Owner: { ID: account },
      Prefix: prefix,
      ContinuationToken: last === undefined ? undefined : tokenOf(last.name),
    };
  };

/** Operations on buckets as a whole. */
export const bucketOperations = (store: Store): Readonly<Record<string, Operation>> => ({
  CreateBucket: createBucket(store),
  DeleteBucket: deleteBucket(store),
  HeadBucket: (input) => {
    only(store, 'HeadBucket', input);
    return { BucketRegion: store.world.region };
  },
  ListBuckets: listBuckets(store),
  GetBucketLocation: (input) => {
    only(store, 'GetBucketLocation', input);
    // An empty constraint is what S3 calls us-east-1.
    return { LocationConstraint: '' };
  },
  GetBucketVersioning: (input) => ({ Status: only(store, 'GetBucketVersioning', input).versioning }),
  PutBucketVersioning: putBucketVersioning(store),
});
