import type { OverrideTarget, SubmissionTarget } from '../contracts/submission';
import type { IBatchJob } from '../job/batch-job-interface';
import { shapeOf } from './job-shape';
import { hasSchedulingPolicy } from './share';
import { tagsOf } from './submission-tags';

/** What the submission function needs to know of a job. @internal */
export function targetOf(job: IBatchJob): SubmissionTarget {
  const { jobDefinitionName, queue, shareIdentifier } = job;
  const overrides = overridesOf(job);
  const tags = tagsOf(job);
  return {
    jobDefinition: jobDefinitionName,
    queue: queue.jobQueueArn,
    ...(hasSchedulingPolicy(queue) === true ? { shared: true } : {}),
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
