import { SHARE_IDENTIFIER } from '../share-identifier';
import type { Range } from './range';

/** https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html */
export const MAX_COMPUTE_ENVIRONMENTS = 3;

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_ShareAttributes.html */
export const MAX_SHARES = 500;
export const SHARE_WEIGHT: Range = [0.0001, 999.9999];

/** https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html */
export const MAX_CAPACITY_LIMITS = 5;

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateJobQueue.html, and the same of all that has a name. */
const NAME = /^[A-Za-z0-9_-]{1,128}$/;

/** Whether AWS Batch takes a name of a compute environment, a queue, a policy or a share. */
export const isName = (name: string): boolean => NAME.test(name);

/** Whether a fair-share policy takes an identifier; one for all that begin so ends with `*`. */
export const isShareIdentifier = (identifier: string): boolean => SHARE_IDENTIFIER.test(identifier.replace(/\*$/, ''));

/** Whether a fair-share policy takes a weight factor. */
export const isShareWeight = (weight: number): boolean => weight >= SHARE_WEIGHT[0] && weight <= SHARE_WEIGHT[1];

/** Two shares of which one contains the other, such as `team*` and `teamA`. */
export function shareCollision(identifiers: readonly string[]): readonly [string, string] | undefined {
  // '*' comes before all that identifiers are made of: what a share contains stands right next to it.
  const sorted = [...identifiers].sort();
  const index = sorted.findIndex((identifier, place) => place > 0 && collide(sorted[place - 1], identifier));
  return index === -1 ? undefined : [sorted[index - 1], sorted[index]];
}

const collide = (one: string, other: string): boolean => contains(one, other) || contains(other, one);

const contains = (share: string, other: string): boolean =>
  share === other || (share.endsWith('*') && other.startsWith(share.slice(0, -1)));

/** A value that is there more than once. */
export const repeated = <T>(values: readonly T[]): T | undefined =>
  values.find((value, index) => values.indexOf(value) !== index);
