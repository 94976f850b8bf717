import type { SubmissionTargets } from '../../lib/contracts/submission';
import type { CheckedSubmission } from './request';
import type { CallingTeam } from './team';

/** What the job of an earlier request is known by: others may give their jobs any name. */
export interface EarlierJob {
  readonly jobName: string;
  /** Name of its definition. */
  readonly jobDefinition: string;
  /** Whether the request could have been submitted under this share identifier; none where the queue has no policy. */
  readonly mayHave: (shareIdentifier: string | undefined) => boolean;
}

/** The job of the same request, made before, whatever queue it named. */
export const earlierJobOf = (
  { job, jobDefinition }: CheckedSubmission,
  jobName: string,
  { jobs, teams = {} }: SubmissionTargets,
  team?: CallingTeam,
): EarlierJob => {
  const own = team?.shareIdentifier ?? jobs[job].shareIdentifier;
  const owned = Object.values(teams).map(({ shareIdentifier }) => shareIdentifier);
  return {
    jobName,
    jobDefinition,
    mayHave: (share) => share === undefined || (own === undefined ? !owned.includes(share) : share === own),
  };
};
