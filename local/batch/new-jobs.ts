import { randomUUID } from 'node:crypto';
import type { Dependencies } from './dependencies';
import type { Job, JobArray, JobStatus, Submission } from './job';
import type { BatchState } from './state';

const countsOf = (size: number): Record<JobStatus, number> => ({
  SUBMITTED: size,
  PENDING: 0,
  RUNNABLE: 0,
  STARTING: 0,
  RUNNING: 0,
  SUCCEEDED: 0,
  FAILED: 0,
});

/** What tells a job from all others. */
export type JobIdentity = Pick<Job, 'id' | 'sequence' | 'createdAt'>;

const newIdentity = (state: BatchState, size = 0): JobIdentity => ({
  id: randomUUID(),
  sequence: state.nextSequence(1 + size),
  createdAt: state.world.clock.now(),
});

type Tags = Readonly<Record<string, string>>;

const newJob = (
  sequence: number,
  id: string,
  arn: string,
  submission: Submission,
  tags: Tags,
  role: Pick<Job, 'array' | 'place' | 'createdAt'>,
): Job => ({
  sequence,
  id,
  arn,
  submission,
  ...role,
  tags,
  status: 'SUBMITTED',
  attempts: [],
  waits: 0,
  dependents: [],
});

/** Makes a job, and its children when it is an array, in status SUBMITTED. */
export const createJob = (
  state: BatchState,
  submission: Submission,
  size: number | undefined,
  { sequential }: Dependencies,
  tags: Tags,
  identity: JobIdentity = newIdentity(state, size),
): Job => {
  const { id, sequence, createdAt } = identity;
  const arn = state.world.arn('batch', `job/${id}`);
  const children: Job[] = [];
  const array: JobArray | undefined =
    size === undefined
      ? undefined
      : { size, children, counts: countsOf(size), updatedAt: createdAt, sequential, followers: [] };
  const job = newJob(sequence, id, arn, submission, tags, { array, createdAt });
  if (array !== undefined) {
    for (let index = 0; index < array.size; index += 1) {
      const place = { parent: job, array, index };
      children.push(
        newJob(sequence + 1 + index, `${id}:${index}`, `${arn}:${index}`, submission, tags, { place, createdAt }),
      );
    }
  }
  state.jobs.set(id, job);
  submission.queue.jobs.get('SUBMITTED')?.add(job);
  return job;
};
