import type { SubmissionReceipt, SubmissionTargets } from '../../lib/contracts/submission';
import { itemsOf } from '../shared/items';
import { layOutItems } from '../shared/items-object';
import type { Invocation, Note } from '../shared/log';
import type { Objects } from '../shared/objects';
import { jobEnvironment, resultsOf, submissionIdOf } from '../shared/submission';
import { jobNameOf, jobRequestOf } from './job-request';
import type { Jobs } from './jobs';
import type { Quotas } from './quotas';
import { submissionOf } from './request';
import { callingTeam } from './team';

/** What a submission works with. */
export interface SubmitDependencies {
  readonly objects: Objects;
  readonly jobs: Jobs;
  readonly quotas: Quotas;
  readonly targets: SubmissionTargets;
  /** The data bucket. */
  readonly bucket: string;
  /** More buckets that items may come from. */
  readonly sources: readonly string[];
  /** An id for a request without an idempotency key. */
  readonly newId: () => string;
}

/** All queues a job of the gateway may have been submitted to. */
const queuesOf = ({ jobs, queues }: SubmissionTargets): readonly string[] => [
  ...new Set([...Object.values(queues), ...Object.values(jobs).map(({ queue }) => queue)]),
];

/** After these errors it is sure that there is no job. */
const REFUSED: readonly string[] = ['SubmissionRefused', 'AccessDenied', 'MissingBucket'];

/**
 * Submits a job with its items.
 *
 * The job name is made of the idempotency key, and is looked up before submitting. Two requests with one key that
 * overlap in time can still both submit, and so can the SDK when the answer to SubmitJob is lost: AWS Batch has no
 * request token, and lists a new job a moment after it was submitted.
 *
 * The jobs of a team with a quota are counted before they are submitted. What was refused is given back; what may have been
 * submitted stays counted.
 */
export const submitWith =
  ({ objects, jobs, quotas, targets, bucket, sources, newId }: SubmitDependencies) =>
  async (
    request: unknown,
    note: Note,
    { invokedFunctionArn }: Pick<Invocation, 'invokedFunctionArn'>,
  ): Promise<SubmissionReceipt> => {
    const team = callingTeam(invokedFunctionArn, targets);
    note({ team: team?.name });
    const submission = submissionOf(request, targets, [bucket, ...sources], team);
    const { job, idempotencyKey } = submission;
    const keys = team === undefined ? ['submission'] : ['team', team.name];
    const submissionId = idempotencyKey === undefined ? newId() : submissionIdOf(...keys, job, idempotencyKey);
    const jobName = jobNameOf(job, submissionId);
    const receipt = { submissionId, results: resultsOf(bucket, submissionId) };
    note({ submissionId, job });
    // What is too large even for one small item is refused before anything is looked for or read.
    jobRequestOf(submission, submissionId, 1, jobEnvironment(submissionId, bucket, undefined));

    const earlier = idempotencyKey === undefined ? undefined : await jobs.find(queuesOf(targets), jobName);
    if (earlier !== undefined) {
      note({ duplicate: true, count: earlier.size, jobId: earlier.jobId });
      return { ...receipt, count: earlier.size, jobId: earlier.jobId, jobName, duplicate: true };
    }

    const texts = submission.items === undefined ? undefined : await itemsOf(objects, submission.items);
    const count = texts?.length ?? 1;
    note({ duplicate: false, count });
    if (count === 0) return { ...receipt, count, duplicate: false };

    const items = texts && layOutItems(bucket, submissionId, texts);
    const environment = jobEnvironment(submissionId, bucket, items?.object);
    const jobRequest = jobRequestOf(submission, submissionId, count, environment);
    const reservation = team && (await quotas.reserve(team, count));
    try {
      if (items !== undefined) await objects.write(items.object, items.content);
      const jobId = await jobs.submit(jobRequest);
      note({ jobId });
      return { ...receipt, count, jobId, jobName, duplicate: false };
    } catch (error) {
      if (error instanceof Error && REFUSED.includes(error.name)) {
        await reservation?.giveBack().catch(() => {
          note({ givenBack: false });
        });
      }
      throw error;
    }
  };
