import { randomBytes } from 'node:crypto';
import type { Collection } from '../core/collection';
import { AwsError } from '../core/errors';
import type { World } from '../core/world';

/** A role as it is kept. */
export interface Role {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly description?: string;
  readonly maxSessionSeconds: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Policies are JSON texts. */
  readonly trust: string;
  readonly inline: Readonly<Record<string, string>>;
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
  /** ARN of a managed policy. */
  readonly boundary?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A managed policy of the account. */
export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly document: string;
  readonly version: number;
  readonly created: number;
}

/** What EC2 instances get a role by. */
export interface InstanceProfile {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  /** Names; at most one. */
  readonly roles: readonly string[];
  readonly created: number;
}

/** Everything that IAM keeps; roles and profiles by name, policies by ARN. */
export interface IamRecords {
  readonly roles: Collection<Role>;
  readonly policies: Collection<ManagedPolicy>;
  readonly profiles: Collection<InstanceProfile>;
}

export const openRecords = (world: World): IamRecords => ({
  roles: world.collection('iam/roles'),
  policies: world.collection('iam/policies'),
  profiles: world.collection('iam/instance-profiles'),
});

const CONFLICT = 409;
const MISSING = 404;

export const noSuch = (what: string): AwsError => new AwsError('NoSuchEntity', `${what} cannot be found.`, MISSING);

export const exists = (what: string): AwsError =>
  new AwsError('EntityAlreadyExists', `${what} already exists.`, CONFLICT);

export const inUse = (message: string): AwsError => new AwsError('DeleteConflict', message, CONFLICT);

/** The record of a name, or the error that IAM answers with. */
export const recordOf = <T>(records: Collection<T>, kind: string, name: string): T => {
  const record = records.get(name);
  if (record === undefined) throw noSuch(`The ${kind} with name ${name}`);
  return record;
};

/** An id in IAM's shape: `AROA` and 17 letters and digits. */
export const newId = (prefix: string): string =>
  `${prefix}${randomBytes(17)
    .toString('base64url')
    .replace(/[^a-zA-Z0-9]/g, 'A')
    .slice(0, 17)
    .toUpperCase()}`;

/** `arn:aws:iam::ACCOUNT:KIND/PATH/NAME`: IAM has no Region. */
export const iamArn = ({ partition, account }: World, kind: string, path: string, name: string): string =>
  `arn:${partition}:iam::${account}:${kind}${path}${name}`;
