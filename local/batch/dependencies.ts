import type { Reader } from '../core/reader';
import { allowOnly, clientError, oneOf } from './checks';
import type { Job, JobArray, JobDependency } from './job';
import { findJob, type BatchState } from './state';

const MAX_DEPENDENCIES = 20;

/** What a job waits for. */
export interface Dependencies {
  readonly described: readonly JobDependency[];
  /** Jobs that must succeed as a whole. */
  readonly jobs: readonly Job[];
  /** Arrays of which each child must succeed before the child of the same index may run. */
  readonly arrays: readonly JobArray[];
  readonly sequential: boolean;
}

const readDependency = (entry: Reader): JobDependency => {
  allowOnly(entry, 'dependsOn', ['jobId', 'type']);
  const type = entry.optionalText('type');
  return {
    jobId: entry.optionalText('jobId'),
    type: type === undefined ? undefined : oneOf('dependsOn.type', type, ['N_TO_N', 'SEQUENTIAL'] as const),
  };
};

const findDependency = (state: BatchState, { jobId, type }: JobDependency): Job => {
  if (jobId === undefined)
    throw clientError(`'dependsOn.jobId' must be given${type === undefined ? '' : ` with ${type}`}`);
  const job = findJob(state, jobId);
  if (job === undefined) throw clientError(`'dependsOn' names the job '${jobId}', which does not exist`);
  return job;
};

const findArray = (state: BatchState, dependency: JobDependency, size: number | undefined): JobArray => {
  const { id, array } = findDependency(state, dependency);
  if (size === undefined || array?.size !== size) {
    throw clientError(
      `an N_TO_N dependency joins two array jobs of one size: this job has ${size ?? 'no array'}, ` +
        `job '${id}' has ${array?.size ?? 'no array'}`,
    );
  }
  return array;
};

/**
 * Reads and checks `dependsOn` of a job that is an array of `size` children, or a single one. What a job of before a
 * restart depends on and is gone had ended, as its queue could not go before that; had it failed, so had the job.
 */
export const readDependencies = (
  state: BatchState,
  reader: Reader,
  size: number | undefined,
  isKept: boolean,
): Dependencies => {
  const described = reader.records('dependsOn').map(readDependency);
  if (described.length > MAX_DEPENDENCIES) {
    throw clientError(`a job depends on at most ${MAX_DEPENDENCIES} jobs, got ${described.length}`);
  }
  for (const { type, jobId } of described) {
    if (type !== 'SEQUENTIAL') continue;
    if (size === undefined) throw clientError('a SEQUENTIAL dependency is for array jobs: give arrayProperties.size');
    if (jobId !== undefined) throw clientError(`a SEQUENTIAL dependency has no jobId, got '${jobId}'`);
  }
  const open = isKept
    ? described.filter(({ jobId }) => jobId === undefined || findJob(state, jobId) !== undefined)
    : described;
  return {
    described,
    jobs: open.filter(({ type }) => type === undefined).map((entry) => findDependency(state, entry)),
    arrays: open.filter(({ type }) => type === 'N_TO_N').map((entry) => findArray(state, entry, size)),
    sequential: described.some(({ type }) => type === 'SEQUENTIAL'),
  };
};

const linkChildren = (array: JobArray, gated: boolean, upstreams: readonly JobArray[]): readonly Job[] => {
  const doomed = new Set<Job>();
  array.children.forEach((child, index) => {
    child.waits += (gated ? 1 : 0) + (array.sequential && index > 0 ? 1 : 0);
  });
  for (const upstream of upstreams) {
    upstream.followers.push(array);
    upstream.children.forEach(({ status }, index) => {
      if (status === 'SUCCEEDED') return;
      array.children[index].waits += 1;
      if (status === 'FAILED') doomed.add(array.children[index]);
    });
  }
  return [...doomed];
};

/** Makes `job` wait for what it depends on. Returns the jobs that will never run, for something upstream has failed. */
export const link = (job: Job, { jobs, arrays }: Dependencies): readonly Job[] => {
  for (const upstream of jobs) {
    if (upstream.status === 'SUCCEEDED') continue;
    job.waits += 1;
    upstream.dependents.push(job);
  }
  const doomed = job.array === undefined ? [] : linkChildren(job.array, job.waits > 0, arrays);
  return jobs.some(({ status }) => status === 'FAILED') ? [job] : doomed;
};
