import { SHARE_IDENTIFIER, SHARE_IDENTIFIER_IN_WORDS } from '../../lib/contracts/share-identifier';
import type { Reader } from '../core/reader';
import { checkRange, clientError, readInput } from './checks';
import type { JobDefinition } from './job-definition';
import type { JobQueue } from './job-queue';

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

/** What a share uses now, times its weight: the higher the weight factor, the less the share gets. */
export const loadOf = ({ schedulingPolicy, usedByShare }: JobQueue, share: string): number => {
  const used = usedByShare.get(share) ?? 0;
  if (used === 0) return 0;
  const policy = readInput(schedulingPolicy?.properties ?? {}).optionalRecord('fairsharePolicy');
  const entry = policy?.records('shareDistribution').find((one) => matches(one.text('shareIdentifier'), share));
  return used * (entry?.optionalNumber('weightFactor') ?? 1);
};
