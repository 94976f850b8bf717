import { SHARE_IDENTIFIER, SHARE_IDENTIFIER_IN_WORDS } from '../../lib/contracts/share-identifier';
import type { QueueTarget, SubmissionTarget, SubmissionTargets, TeamTarget } from '../../lib/contracts/submission';
import { TEAM_TAG } from '../../lib/contracts/team';
import { refusal } from '../shared/refusal';
import { excerpt, listed } from '../shared/text';
import type { CallingTeam } from './team';

type Owner = readonly [string, TeamTarget];
type Queues = SubmissionTargets['queues'];

/** What a queue runs jobs on unless it says otherwise. */
const EC2 = 'EC2';

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

/** The first queue of a team that runs what the job is made for. */
const teamQueueOf = (job: SubmissionTarget, queues: Queues, { name, queues: own = [] }: CallingTeam): string => {
  const { platform = EC2 } = queues[job.queue];
  const found = own.find((one) => (queues[one].platform ?? EC2) === platform);
  if (found !== undefined) return found;
  throw refusal(
    'InvalidRequest',
    `this job runs on ${platform}, and none of the queues of the team '${name}' does: ${listed(own)}; submit another job`,
  );
};

/** The queue that the caller names, or the own one of the job; those of a team wait in its queues. */
export const placeOf = (
  given: string | undefined,
  job: SubmissionTarget,
  { queues }: SubmissionTargets,
  team?: CallingTeam,
): QueueTarget => {
  if (team !== undefined) checkOwner(job, team);
  if (given === undefined) {
    const isAway = team?.queues !== undefined && !team.queues.includes(job.queue);
    return queues[isAway ? teamQueueOf(job, queues, team) : job.queue];
  }
  const allowed = team?.queues ?? Object.keys(queues).filter((name) => queues[name].own !== true);
  if (allowed.includes(given)) return queues[given];
  const whose = team?.queues === undefined ? 'known queues' : `queues of the team '${team.name}'`;
  throw refusal(
    'UnknownQueue',
    `there is no job queue '${excerpt(given)}' to submit to; ${whose}: ${listed(allowed)}; leave 'queue' out for the job's own`,
  );
};

/** A share identifier of a request; that of a team is for those who call in the name of the team. */
const checkShare = (given: string, { shared }: QueueTarget, own: string | undefined, teams: readonly Owner[]): void => {
  if (!SHARE_IDENTIFIER.test(given)) {
    throw refusal(
      'InvalidRequest',
      `'shareIdentifier' must have ${SHARE_IDENTIFIER_IN_WORDS}, got '${excerpt(given)}'`,
    );
  }
  if (shared !== true) {
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
  place: QueueTarget,
  job: SubmissionTarget,
  { teams = {} }: SubmissionTargets,
  team?: CallingTeam,
): string | undefined => {
  const own = team?.shareIdentifier ?? job.shareIdentifier;
  if (given !== undefined) checkShare(given, place, own, Object.entries(teams));
  if (place.shared !== true) return undefined;
  const share = given ?? own;
  if (share !== undefined) return share;
  throw refusal('InvalidRequest', `the queue has a scheduling policy; name a 'shareIdentifier'`);
};
