import { AssociateKmsKeyCommand, CreateLogGroupCommand, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { actAs } from '../kit/acting';
import { makeBucket } from '../kit/buckets';
import { makeKey } from '../kit/keys';
import { makeLogGroup } from '../kit/log-groups';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const S3_KMS = 'AmazonS3/latest/userguide/UsingKMSEncryption.html';
const UPLOADS = 'AmazonS3/latest/userguide/mpuoverview.html';
const LOGS_KMS = 'AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html';
const NOT_ENCRYPTED = 'nothing is encrypted: only the right to use the key is asked for';

type KeyAction = 'Decrypt' | 'GenerateDataKey';

const encrypt = (target: Target, Bucket: string, KMSMasterKeyID: string, BucketKeyEnabled = false) => {
  const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID } as const;
  const Rules = [{ ApplyServerSideEncryptionByDefault, BucketKeyEnabled }];
  return target.clients.s3.send(
    new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }),
  );
};

/** S3 as a role that may do everything with objects, and this with keys. */
const s3As = async (target: Target, ...keys: readonly (readonly [key: string, ...actions: KeyAction[]])[]) => {
  const objects = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  const grants = keys.map(([Resource, ...actions]) => ({
    ...{ Effect: 'Allow', Action: actions.map((action) => `kms:${action}`), Resource },
  }));
  const { s3 } = await actAs(target, [objects, ...grants]);
  return s3;
};

const withKey = (SSEKMSKeyId: string) => ({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId }) as const;

const logsOf = ({ region, account }: Target, condition: string) => ({
  ...{ Effect: 'Allow', Principal: { Service: `logs.${region}.amazonaws.com` }, Resource: '*' },
  Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
  Condition: {
    ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:log-group:${condition}` },
  },
});

export const keys = table('IAM', 'What keys of AWS KMS take', [
  {
    behaviour: 'an object of a bucket with a customer key takes the right to the key',
    source: S3_KMS,
    differs: NOT_ENCRYPTED,
    test: async (target) => {
      const { Bucket } = await makeBucket(target);
      const { arn } = await makeKey(target);
      await encrypt(target, Bucket, arn);
      const put = new PutObjectCommand({ Bucket, Key: 'a', Body: 'b' });
      await expect((await s3As(target)).send(put)).rejects.toThrow('kms:GenerateDataKey');
      const whole = await s3As(target, [arn, 'GenerateDataKey']);
      expect(await target.eventually(() => whole.send(put))).toMatchObject({ SSEKMSKeyId: arn });
      await expect(whole.send(new GetObjectCommand({ Bucket, Key: 'a' }))).rejects.toThrow('kms:Decrypt');
    },
  },
  {
    behaviour: 'an object that was put under a key of its own takes the right to that key, then and later',
    source: S3_KMS,
    differs: NOT_ENCRYPTED,
    test: async (target) => {
      const { Bucket, put } = await makeBucket(target);
      const [bucketKey, own] = [await makeKey(target), await makeKey(target)];
      await encrypt(target, Bucket, bucketKey.arn);
      const wrong = await s3As(target, [bucketKey.arn, 'GenerateDataKey', 'Decrypt']);
      const other = new PutObjectCommand({ Bucket, Key: 'b', Body: 'b', ...withKey(own.arn) });
      await target.eventually(() => wrong.send(new PutObjectCommand({ Bucket, Key: 'c', Body: 'c' })));
      await expect(wrong.send(other)).rejects.toThrow(`kms:GenerateDataKey on resource: ${own.arn}`);
      await put('a', 'a', withKey(own.arn));
      const get = new GetObjectCommand({ Bucket, Key: 'a' });
      await expect(wrong.send(get)).rejects.toThrow(`kms:Decrypt on resource: ${own.arn}`);
      const right = await s3As(target, [own.arn, 'Decrypt']);
      expect(await target.eventually(() => right.send(get))).toMatchObject({ SSEKMSKeyId: own.arn });
    },
  },
  {
    behaviour: 'a copy takes the right to decrypt its source, and to a data key of its target',
    source: S3_KMS,
    differs: NOT_ENCRYPTED,
    test: async (target) => {
      const { Bucket, put } = await makeBucket(target);
      const [from, to] = [await makeKey(target), await makeKey(target)];
      await put('a', 'a', withKey(from.arn));
      const copy = new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a`, ...withKey(to.arn) });
      const writer = await s3As(target, [to.arn, 'GenerateDataKey']);
      await expect(writer.send(copy)).rejects.toThrow(`kms:Decrypt on resource: ${from.arn}`);
      const reader = await s3As(target, [from.arn, 'Decrypt']);
      await expect(reader.send(copy)).rejects.toThrow(`kms:GenerateDataKey on resource: ${to.arn}`);
      const both = await s3As(target, [to.arn, 'GenerateDataKey'], [from.arn, 'Decrypt']);
      expect(await target.eventually(() => both.send(copy))).toMatchObject({ SSEKMSKeyId: to.arn });
    },
  },
  {
    behaviour: 'parts of an upload, sent or copied, take the key of the upload, and a copied one that of its source',
    source: UPLOADS,
    differs: NOT_ENCRYPTED,
    test: async (target) => {
      const { Bucket, put } = await makeBucket(target);
      const [from, to] = [await makeKey(target), await makeKey(target)];
      await put('a', 'a', withKey(from.arn));
      const create = new CreateMultipartUploadCommand({ Bucket, Key: 'b', ...withKey(to.arn) });
      await expect((await s3As(target)).send(create)).rejects.toThrow(`kms:GenerateDataKey on resource: ${to.arn}`);
      const beginner = await s3As(target, [to.arn, 'GenerateDataKey']);
      const { UploadId } = await target.eventually(() => beginner.send(create));
      const upload = { Bucket, Key: 'b', UploadId };
      target.cleanup(() => target.clients.s3.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined));
      const part = { ...upload, PartNumber: 1 };
      const copied = new UploadPartCopyCommand({ ...part, CopySource: `${Bucket}/a` });
      const sent = new UploadPartCommand({ ...part, Body: 'a' });
      await expect(beginner.send(sent)).rejects.toThrow(`kms:Decrypt on resource: ${to.arn}`);
      const sender = await s3As(target, [to.arn, 'GenerateDataKey', 'Decrypt']);
      await target.eventually(() => sender.send(sent));
      await expect(sender.send(copied)).rejects.toThrow(`kms:Decrypt on resource: ${from.arn}`);
      const copier = await s3As(target, [to.arn, 'GenerateDataKey', 'Decrypt'], [from.arn, 'Decrypt']);
      const { CopyPartResult } = await target.eventually(() => copier.send(copied));
      const Parts = [{ PartNumber: 1, ETag: CopyPartResult?.ETag }];
      const complete = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } });
      await expect(beginner.send(complete)).rejects.toThrow(`kms:Decrypt on resource: ${to.arn}`);
      expect(await sender.send(complete)).toMatchObject({ SSEKMSKeyId: to.arn });
    },
  },
  {
    behaviour: 'the encryption context is the ARN of the object, with a bucket key that of the bucket',
    source: 'AmazonS3/latest/userguide/bucket-key.html',
    differs: NOT_ENCRYPTED,
    test: async (target) => {
      const { Bucket } = await makeBucket(target);
      const { arn } = await makeKey(target);
      const actFor = async (about: string) => {
        const Condition = { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${about}` } };
        const key = { Effect: 'Allow', Action: 'kms:*', Resource: arn, Condition };
        return (await actAs(target, [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }, key])).s3;
      };
      const put = new PutObjectCommand({ Bucket, Key: 'a', Body: 'a' });
      const [forBucket, forObject] = [await actFor(Bucket), await actFor(`${Bucket}/a`)];
      await encrypt(target, Bucket, arn);
      await target.eventually(() => forObject.send(put));
      await expect(forBucket.send(put)).rejects.toThrow('kms:GenerateDataKey');
      await encrypt(target, Bucket, arn, true);
      expect(await target.eventually(() => forBucket.send(put))).toMatchObject({ BucketKeyEnabled: true });
      await expect(forObject.send(put)).rejects.toThrow('kms:GenerateDataKey');
    },
  },
  {
    behaviour: 'a log group is refused a key that is not there, or whose policy does not name CloudWatch Logs',
    source: LOGS_KMS,
    test: async (target) => {
      const { logs, logGroupName, arn } = await makeLogGroup(target);
      const { arn: kmsKeyId, admit } = await makeKey(target);
      const refusal = {
        name: 'AccessDeniedException',
        message: `The specified KMS key does not exist or is not allowed to be used with Arn '${arn}'`,
      };
      const associate = new AssociateKmsKeyCommand({ logGroupName, kmsKeyId });
      await expect(logs.send(associate)).rejects.toMatchObject(refusal);
      const missing = kmsKeyId.replace(/[0-9a-f-]{36}$/, '00000000-0000-0000-0000-000000000000');
      await expect(logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId: missing }))).rejects.toMatchObject(
        refusal,
      );
      const other = `${logGroupName}-other`;
      await expect(logs.send(new CreateLogGroupCommand({ logGroupName: other, kmsKeyId }))).rejects.toMatchObject({
        ...refusal,
        message: refusal.message.replace(logGroupName, other),
      });
      await admit(logsOf(target, '*'));
      await target.eventually(() => logs.send(associate));
    },
  },
  {
    behaviour: 'the policy of a key may let CloudWatch Logs use it for some log groups only',
    source: LOGS_KMS,
    test: async (target) => {
      const { logs, logGroupName } = await makeLogGroup(target);
      const { arn: kmsKeyId, admit } = await makeKey(target);
      await admit(logsOf(target, logGroupName));
      await target.eventually(() => logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId })));
      const other = `${logGroupName}-other`;
      await expect(logs.send(new CreateLogGroupCommand({ logGroupName: other, kmsKeyId }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
      await admit(logsOf(target, '*'));
      await target.eventually(() => logs.send(new CreateLogGroupCommand({ logGroupName: other, kmsKeyId })));
      target.cleanup(() => logs.send(new DeleteLogGroupCommand({ logGroupName: other })));
    },
  },
]);
