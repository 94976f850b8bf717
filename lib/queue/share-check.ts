import { type Duration, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { SHARE_IDENTIFIER, SHARE_IDENTIFIER_IN_WORDS } from '../contracts/share-identifier';
import { fail } from '../private/check';
import type { FairShare } from './fair-share-scheduling-policy-props';

const MAX_SHARES = 500;
const MIN_WEIGHT = 0.0001;
const MAX_WEIGHT = 999.9999;

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_FairsharePolicy.html */
const MAX_DECAY_SECONDS = 604_800;

/** Rejects shares that AWS Batch refuses. @internal */
export function checkShares(scope: IConstruct, shares: readonly FairShare[]): void {
  if (shares.length > MAX_SHARES) {
    const hint = `end an identifier with '*' to give many shares one weight factor`;
    throw fail(scope, `'shares' must be at most ${MAX_SHARES}, got ${shares.length}: ${hint}`, 'queue-share-count');
  }
  for (const { shareIdentifier, weightFactor } of shares) {
    checkIdentifier(scope, shareIdentifier);
    checkWeight(scope, shareIdentifier, weightFactor);
  }
  checkCollisions(
    scope,
    shares.map(({ shareIdentifier }) => shareIdentifier).filter((identifier) => !Token.isUnresolved(identifier)),
  );
}

/** Rejects a decay that AWS Batch refuses. @internal */
export function checkShareDecay(scope: IConstruct, shareDecay: Duration | undefined): void {
  if (shareDecay === undefined || shareDecay.isUnresolved()) return;
  const seconds = shareDecay.toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds <= MAX_DECAY_SECONDS) return;
  const got = shareDecay.toHumanString();
  throw fail(scope, `'shareDecay' must be whole seconds, at most 7 days, got ${got}`, 'queue-share-decay');
}

function checkIdentifier(scope: IConstruct, identifier: string): void {
  if (Token.isUnresolved(identifier) || SHARE_IDENTIFIER.test(identifier.replace(/\*$/, ''))) return;
  const allowed = `${SHARE_IDENTIFIER_IN_WORDS}, with '*' at its end if it stands for all that begin so`;
  const got = JSON.stringify(identifier);
  throw fail(scope, `'shareIdentifier' must be ${allowed}, got ${got}`, 'queue-share-identifier');
}

function checkWeight(scope: IConstruct, identifier: string, weight: number | undefined): void {
  if (weight === undefined || Token.isUnresolved(weight) || (weight >= MIN_WEIGHT && weight <= MAX_WEIGHT)) return;
  const allowed = `from ${MIN_WEIGHT} (most compute) to ${MAX_WEIGHT} (least)`;
  throw fail(scope, `'weightFactor' of share '${identifier}' must be ${allowed}, got ${weight}`, 'queue-share-weight');
}

function checkCollisions(scope: IConstruct, identifiers: readonly string[]): void {
  // '*' comes before all that identifiers are made of: what a share contains stands right next to it.
  const sorted = [...identifiers].sort();
  const index = sorted.findIndex((identifier, place) => place > 0 && collide(sorted[place - 1], identifier));
  if (index === -1) return;
  const got = `got '${sorted[index - 1]}' and '${sorted[index]}'`;
  const hint = 'leave one out, or let them begin differently';
  throw fail(scope, `'shares' must not contain each other, ${got}: ${hint}`, 'queue-share-collision');
}

const collide = (one: string, other: string): boolean => contains(one, other) || contains(other, one);

const contains = (share: string, other: string): boolean =>
  share === other || (share.endsWith('*') && other.startsWith(share.slice(0, -1)));
