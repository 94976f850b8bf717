import { type Duration, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isShareIdentifier, isShareWeight, MAX_SHARES, SHARE_WEIGHT, shareCollision } from '../contracts/rules/queue';
import { SHARE_IDENTIFIER_IN_WORDS } from '../contracts/share-identifier';
import { fail } from '../private/check';
import type { FairShare } from './fair-share-scheduling-policy-props';

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
  if (Token.isUnresolved(identifier) || isShareIdentifier(identifier)) return;
  const allowed = `${SHARE_IDENTIFIER_IN_WORDS}, with '*' at its end if it stands for all that begin so`;
  const got = JSON.stringify(identifier);
  throw fail(scope, `'shareIdentifier' must be ${allowed}, got ${got}`, 'queue-share-identifier');
}

function checkWeight(scope: IConstruct, identifier: string, weight: number | undefined): void {
  if (weight === undefined || Token.isUnresolved(weight) || isShareWeight(weight)) return;
  const allowed = `from ${SHARE_WEIGHT[0]} (most compute) to ${SHARE_WEIGHT[1]} (least)`;
  throw fail(scope, `'weightFactor' of share '${identifier}' must be ${allowed}, got ${weight}`, 'queue-share-weight');
}

function checkCollisions(scope: IConstruct, identifiers: readonly string[]): void {
  const collision = shareCollision(identifiers);
  if (collision === undefined) return;
  const got = `got '${collision[0]}' and '${collision[1]}'`;
  const hint = 'leave one out, or let them begin differently';
  throw fail(scope, `'shares' must not contain each other, ${got}: ${hint}`, 'queue-share-collision');
}
