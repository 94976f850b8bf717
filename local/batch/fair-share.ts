import { SHARE_IDENTIFIER, SHARE_IDENTIFIER_IN_WORDS } from '../../lib/contracts/share-identifier';
import type { Reader } from '../core/reader';
import { checkRange, clientError, readInput } from './checks';
import type { JobDefinition } from './job-definition';
import type { JobQueue } from './job-queue';
import { ShareUse } from './share-use';

/** Whose part of a fair-share queue a job uses, and how urgent it is there. */
export interface Share {
  readonly identifier: string;
  readonly priority: number;
}

const NAMES = ['shareIdentifier', 'schedulingPriorityOverride'];

/** Reads the share of a submission, which a queue with a scheduling policy asks for and another one refuses. */
export const readShare = (reader: Reader, queue: JobQueue, definition: JobDefinition): Share | undefined => {
  if (queue.schedulingPolicy === undefined) {
    const given = NAMES.find((name) => reader.has(name));
    if (given === undefined) return undefined;
    throw clientError(`'${given}' must not be given: the job queue has no scheduling policy`);
  }
  const identifier = reader.optionalText('shareIdentifier');
  if (identifier === undefined) throw clientError('shareIdentifier must be specified.');
  if (!SHARE_IDENTIFIER.test(identifier)) {
    throw clientError(`'shareIdentifier' must have ${SHARE_IDENTIFIER_IN_WORDS}, got '${identifier}'`);
  }
  const priority = reader.optionalNumber('schedulingPriorityOverride') ?? definition.schedulingPriority;
  if (priority === undefined) {
    throw clientError('Either schedulingPriority in job definition or schedulingPriorityOverride should be specified.');
  }
  return { identifier, priority: checkRange('schedulingPriorityOverride', priority, 0, 9999) };
};

/** A share identifier of a policy that ends with `*` stands for all that begin so. */
const matches = (pattern: string, share: string): boolean =>
  pattern.endsWith('*') ? share.startsWith(pattern.slice(0, -1)) : pattern === share;

const policyOf = ({ schedulingPolicy }: JobQueue): Reader | undefined =>
  readInput(schedulingPolicy?.properties ?? {}).optionalRecord('fairsharePolicy');

/** The window of a decay of 0. */
const LEAST_DECAY_SECONDS = 600;

/** For how long the use of a share is remembered. */
const windowOf = (queue: JobQueue): number =>
  Math.max(policyOf(queue)?.optionalNumber('shareDecaySeconds') ?? 0, LEAST_DECAY_SECONDS) * 1000;

/** Counts what a job that starts or ends uses of its share. */
export const countShare = (queue: JobQueue, share: string, vcpus: number, now: number): void => {
  const use = queue.useByShare.get(share) ?? new ShareUse(now);
  use.change(vcpus, now, windowOf(queue));
  queue.useByShare.set(share, use);
};

/** The shares with running jobs. */
export const activeShares = ({ useByShare }: JobQueue): readonly (readonly [share: string, use: ShareUse])[] =>
  [...useByShare].filter(([, { used }]) => used > 0);

/**
 * Whether a job leaves what the policy reserves for shares that have no running jobs yet: of all vCPUs, the reservation
 * in percent to the power of the number of active shares.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_FairsharePolicy.html
 */
export const leavesReservation = (queue: JobQueue, share: string, vcpus: number): boolean => {
  const percent = policyOf(queue)?.optionalNumber('computeReservation') ?? 0;
  const active = activeShares(queue);
  if (percent === 0 || !active.some(([name]) => name === share)) return true;
  const all = queue.environments.reduce((sum, { resources }) => sum + resources.maxvCpus, 0);
  const used = active.reduce((sum, [, use]) => sum + use.used, 0);
  return used + vcpus <= all * (1 - (percent / 100) ** active.length);
};

/** What a share uses and has used, times its weight: the higher the weight factor, the less the share gets. */
export const loadOf = (queue: JobQueue, share: string, now: number): number => {
  const load = queue.useByShare.get(share)?.loadAt(now, windowOf(queue)) ?? 0;
  if (load === 0) return 0;
  const policy = policyOf(queue);
  const entry = policy?.records('shareDistribution').find((one) => matches(one.text('shareIdentifier'), share));
  return load * (entry?.optionalNumber('weightFactor') ?? 1);
};
