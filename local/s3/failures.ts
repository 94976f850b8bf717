import { AwsError } from '../core/errors';

export const noSuchBucket = (bucket: string): AwsError =>
  new AwsError('NoSuchBucket', `the bucket ${bucket} does not exist`, 404, { BucketName: bucket });

export const noSuchKey = (key: string): AwsError =>
  new AwsError('NoSuchKey', `the key ${key} does not exist`, 404, { Key: key });

export const noSuchVersion = (key: string, versionId: string): AwsError =>
  new AwsError('NoSuchVersion', `the version ${versionId} of ${key} does not exist`, 404, { Key: key });

export const invalid = (message: string): AwsError => new AwsError('InvalidArgument', message);
