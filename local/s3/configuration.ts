import { AwsError, notSupported } from '../core/errors';
import { refuseOthers } from '../core/parameters';
import type { Input, Operation } from '../core/service';
import { integrity } from './integrity';
import { read, type Store } from './store';

/** A piece of configuration that a bucket keeps. */
interface Piece {
  /** Member of the API that holds it. */
  readonly member: string;
  readonly put: string;
  readonly get: string;
  readonly remove?: string;
  /** The error of reading it when there is none. */
  readonly missing: string;
  /** Whether its members are those of the answer. */
  readonly flat?: boolean;
}

const PIECES: readonly Piece[] = [
  {
    member: 'Policy',
    put: 'PutBucketPolicy',
    get: 'GetBucketPolicy',
    remove: 'DeleteBucketPolicy',
    missing: 'NoSuchBucketPolicy',
  },
  {
    member: 'PublicAccessBlockConfiguration',
    put: 'PutPublicAccessBlock',
    get: 'GetPublicAccessBlock',
    remove: 'DeletePublicAccessBlock',
    missing: 'NoSuchPublicAccessBlockConfiguration',
  },
  {
    member: 'OwnershipControls',
    put: 'PutBucketOwnershipControls',
    get: 'GetBucketOwnershipControls',
    remove: 'DeleteBucketOwnershipControls',
    missing: 'OwnershipControlsNotFoundError',
  },
  {
    member: 'LifecycleConfiguration',
    put: 'PutBucketLifecycleConfiguration',
    get: 'GetBucketLifecycleConfiguration',
    remove: 'DeleteBucketLifecycle',
    missing: 'NoSuchLifecycleConfiguration',
    flat: true,
  },
  {
    member: 'Tagging',
    put: 'PutBucketTagging',
    get: 'GetBucketTagging',
    remove: 'DeleteBucketTagging',
    missing: 'NoSuchTagSet',
    flat: true,
  },
];

/** Members that only tell how a piece is protected on its way or shown; they change nothing that is kept. */
const HARMLESS = [
  'Bucket',
  'ExpectedBucketOwner',
  'ConfirmRemoveSelfBucketAccess',
  'TransitionDefaultMinimumObjectSize',
];

const valueOf = (input: Input, member: string): unknown =>
  member === 'Policy' ? read(input).text(member) : read(input).record(member).values;

const operationsOf = (store: Store, piece: Piece): Readonly<Record<string, Operation>> => {
  const { member, put, get, remove, missing, flat } = piece;
  const operations: Record<string, Operation> = {
    [put]: (input) => {
      refuseOthers(`s3:${put}`, input, new Set([...HARMLESS, member, ...integrity(input)]));
      store.bucketOf(input).configuration.set(member, valueOf(input, member));
      return {};
    },
    [get]: (input) => {
      refuseOthers(`s3:${get}`, input, new Set(HARMLESS));
      const bucket = store.bucketOf(input);
      const value = bucket.configuration.get(member);
      if (value === undefined) throw new AwsError(missing, `the bucket ${bucket.name} has no ${member}`, 404);
      return flat === true ? read({ value }).record('value').values : { [member]: value };
    },
  };
  if (remove !== undefined) {
    operations[remove] = (input) => {
      refuseOthers(`s3:${remove}`, input, new Set(HARMLESS));
      store.bucketOf(input).configuration.delete(member);
      return {};
    };
  }
  return operations;
};

const encryption = (store: Store): Readonly<Record<string, Operation>> => {
  const member = 'ServerSideEncryptionConfiguration';
  return {
    PutBucketEncryption: (input) => {
      refuseOthers('s3:PutBucketEncryption', input, new Set([...HARMLESS, member, ...integrity(input)]));
      const rules = read(input).record(member).records('Rules');
      const algorithm = rules.at(0)?.optionalRecord('ApplyServerSideEncryptionByDefault')?.text('SSEAlgorithm');
      if (rules.length > 1 || (algorithm !== 'AES256' && algorithm !== 'aws:kms')) {
        throw notSupported(`this ${member}`, 'it takes one rule with AES256 or aws:kms');
      }
      store.bucketOf(input).configuration.set(member, read(input).record(member).values);
      return {};
    },
    GetBucketEncryption: (input) => {
      refuseOthers('s3:GetBucketEncryption', input, new Set(HARMLESS));
      const standard = {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
      };
      return { [member]: store.bucketOf(input).configuration.get(member) ?? standard };
    },
    DeleteBucketEncryption: (input) => {
      refuseOthers('s3:DeleteBucketEncryption', input, new Set(HARMLESS));
      store.bucketOf(input).configuration.delete(member);
      return {};
    },
  };
};

const notifications = (store: Store): Readonly<Record<string, Operation>> => {
  const member = 'NotificationConfiguration';
  return {
    PutBucketNotificationConfiguration: (input) => {
      const supported = new Set([...HARMLESS, member, 'SkipDestinationValidation', ...integrity(input)]);
      refuseOthers('s3:PutBucketNotificationConfiguration', input, supported);
      const bucket = store.bucketOf(input);
      const configuration = read(input).record(member);
      for (const name of Object.keys(configuration.values)) {
        if (name !== 'EventBridgeConfiguration' && configuration.has(name)) {
          throw notSupported(`'${name}' of a bucket`, 'switch EventBridge on for the bucket and use a rule');
        }
      }
      const isOn = configuration.has('EventBridgeConfiguration');
      bucket.configuration.set(member, isOn ? { EventBridgeConfiguration: {} } : {});
      return {};
    },
    GetBucketNotificationConfiguration: (input) => {
      refuseOthers('s3:GetBucketNotificationConfiguration', input, new Set(HARMLESS));
      const value = store.bucketOf(input).configuration.get(member) ?? {};
      return read({ value }).record('value').values;
    },
  };
};

/** What CloudFormation configures on a bucket. Lifecycle rules, policies and public access blocks are kept only. */
export const configurationOperations = (store: Store): Readonly<Record<string, Operation>> => ({
  ...Object.fromEntries(PIECES.flatMap((piece) => Object.entries(operationsOf(store, piece)))),
  ...encryption(store),
  ...notifications(store),
});
