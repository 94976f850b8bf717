import { SHARE_IDENTIFIER, SHARE_IDENTIFIER_IN_WORDS } from '../../lib/contracts/share-identifier';
import type { SubmissionTarget, SubmissionTargets, TeamTarget } from '../../lib/contracts/submission';
import { TEAM_TAG } from '../../lib/contracts/team';
import { refusal } from '../shared/refusal';
import { excerpt, listed } from '../shared/text';
import type { CallingTeam } from './team';

type Owner = readonly [string, TeamTarget];

/** What a team submits is its own: no job that was made for the share of somebody else, or to have their tag. */
const checkOwner = (job: SubmissionTarget, team: CallingTeam): void => {
  const marks = [
    ['share identifier', job.shareIdentifier, team.shareIdentifier],
    [`tag '${TEAM_TAG}'`, job.tags?.[TEAM_TAG], team.tags[TEAM_TAG]],
  ] as const;
  for (const [mark, its, own] of marks) {
    if (its === undefined || its === own) continue;
    const hint = 'submit a job of the team, or one of nobody';
    throw refusal('InvalidRequest', `this job has the ${mark} '${its}', the team '${team.name}' has '${own}'; ${hint}`);
  }
};

/** Where a job waits. */
export interface Place {
  readonly queue: string;
  /** Whether the queue has a scheduling policy. */
  readonly isShared: boolean;
}

/** The queue that the caller names, or the own one of the job; those of a team wait in its queues. */
export const placeOf = (
  given: string | undefined,
  job: SubmissionTarget,
  targets: SubmissionTargets,
  team?: CallingTeam,
): Place => {
  if (team !== undefined) checkOwner(job, team);
  const { queues, sharedQueues = [] } = targets;
  const allowed = team?.queues ?? Object.keys(queues);
  const isAtHome = team?.queues === undefined || allowed.some((one) => queues[one] === job.queue);
  if (given === undefined && isAtHome) return { queue: job.queue, isShared: job.shared === true };
  const name = given ?? allowed[0];
  if (allowed.includes(name) && Object.hasOwn(queues, name)) {
    return { queue: queues[name], isShared: sharedQueues.includes(name) };
  }
  const whose = team?.queues === undefined ? 'known queues' : `queues of the team '${team.name}'`;
  throw refusal(
    'UnknownQueue',
    `there is no job queue '${excerpt(name)}' to submit to; ${whose}: ${listed(allowed)}; leave 'queue' out for the job's own`,
  );
};

/** A share identifier of a request; that of a team is for those who call in the name of the team. */
const checkShare = (given: string, { isShared }: Place, own: string | undefined, teams: readonly Owner[]): void => {
  if (!SHARE_IDENTIFIER.test(given)) {
    throw refusal(
      'InvalidRequest',
      `'shareIdentifier' must have ${SHARE_IDENTIFIER_IN_WORDS}, got '${excerpt(given)}'`,
    );
  }
  if (!isShared) {
    throw refusal('InvalidRequest', `'shareIdentifier' is for queues with a scheduling policy; leave it out`);
  }
  if (own !== undefined && given !== own) {
    throw refusal(
      'InvalidRequest',
      `this job is submitted under the share identifier '${own}', got '${excerpt(given)}'; leave it out`,
    );
  }
  const owner = own === undefined ? teams.find(([, { shareIdentifier }]) => shareIdentifier === given) : undefined;
  if (owner === undefined) return;
  const hint = 'call the gateway in its name, or name another one';
  throw refusal('InvalidRequest', `the share identifier '${given}' is that of the team '${owner[0]}'; ${hint}`);
};

/** AWS Batch wants a share identifier of each job in a queue with a scheduling policy, and takes none elsewhere. */
export const shareOf = (
  given: string | undefined,
  place: Place,
  job: SubmissionTarget,
  { teams = {} }: SubmissionTargets,
  team?: CallingTeam,
): string | undefined => {
  const own = team?.shareIdentifier ?? job.shareIdentifier;
  if (given !== undefined) checkShare(given, place, own, Object.entries(teams));
  if (!place.isShared) return undefined;
  const share = given ?? own;
  if (share !== undefined) return share;
  throw refusal('InvalidRequest', `the queue has a scheduling policy; name a 'shareIdentifier'`);
};
