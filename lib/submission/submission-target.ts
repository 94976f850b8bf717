import type { OverrideTarget, SubmissionTarget } from '../contracts/submission';
import type { IBatchJob } from '../job/batch-job-interface';
import { shapeOf } from './job-shape';
import { tagsOf } from './submission-tags';

/** What the submission function needs to know of a job that waits in the queue of this name. @internal */
export function targetOf(job: IBatchJob, queue: string): SubmissionTarget {
  const { jobDefinitionName, shareIdentifier } = job;
  const overrides = overridesOf(job);
  const tags = tagsOf(job);
  return {
    jobDefinition: jobDefinitionName,
    queue,
    ...(shareIdentifier === undefined ? {} : { shareIdentifier }),
    ...(tags === undefined ? {} : { tags }),
    ...(overrides === undefined ? {} : { overrides }),
  };
}

/** The environment of a function is small: nothing is said of jobs of one container. */
function overridesOf(job: IBatchJob): OverrideTarget[] | undefined {
  const { groups, isMultiNode } = shapeOf(job);
  if (!isMultiNode && groups[0].place === 'container') return undefined;
  return groups.map(({ place, containers = [], targetNodes }) => ({
    place,
    containers: containers.flatMap((name) => name ?? []),
    ...(targetNodes === undefined ? {} : { targetNodes }),
  }));
}
