import type { KeyPrefix } from '../../lib/contracts/items';
import type { SubmissionReceipt, SubmissionTargets } from '../../lib/contracts/submission';
import { itemsOf } from '../shared/items';
import { layOutItems } from '../shared/items-object';
import type { Invocation, Note } from '../shared/log';
import type { Objects } from '../shared/objects';
import { jobEnvironment, resultsOf, submissionIdOf } from '../shared/submission';
import { earlierJobOf } from './earlier-job';
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
  /** Where items may come from. */
  readonly sources: readonly KeyPrefix[];
  /** An id for a request without an idempotency key. */
  readonly newId: () => string;
}

/** All queues a job of the gateway may have been submitted to. */
const queuesOf = ({ queues }: SubmissionTargets): readonly string[] => [
  ...new Set(Object.values(queues).map(({ arn }) => arn)),
];

/** With these errors AWS Batch says that it submitted nothing. */
const NOT_SUBMITTED: readonly string[] = [
  'SubmissionRefused',
  'AccessDenied',
  'TooManyRequestsException',
  'ThrottlingException',
];

/**
 * Submits a job with its items.
 *
 * The job name is made of the idempotency key, and is looked up before submitting. Two requests with one key that
 * overlap in time can still both submit, and so can the SDK when the answer to SubmitJob is lost: AWS Batch has no
 * request token, and lists a new job a moment after it was submitted.
 *
 * The jobs of a team with a quota are counted at last, before they are submitted. What AWS Batch refuses or has no time for is
 * given back; what may have been submitted stays counted.
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
    const submission = submissionOf(request, targets, sources, team);
    const { job, idempotencyKey } = submission;
    const keys = team === undefined ? ['submission'] : ['team', team.name];
    const submissionId = idempotencyKey === undefined ? newId() : submissionIdOf(...keys, job, idempotencyKey);
    const jobName = jobNameOf(job, submissionId);
    const receipt = { submissionId, results: resultsOf(bucket, submissionId) };
    note({ submissionId, job });
    // What is too large even for one small item is refused before anything is looked for or read.
    jobRequestOf(submission, submissionId, 1, jobEnvironment(submissionId, bucket, undefined));

    const repeated = idempotencyKey === undefined ? undefined : earlierJobOf(submission, jobName, targets, team);
    const earlier = repeated && (await jobs.find(queuesOf(targets), repeated));
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
    if (items !== undefined) await objects.write(items.object, items.content);
    const reservation = team && (await quotas.reserve(team, count));
    try {
      const jobId = await jobs.submit(jobRequest);
      note({ jobId });
      return { ...receipt, count, jobId, jobName, duplicate: false };
    } catch (error) {
      if (error instanceof Error && NOT_SUBMITTED.includes(error.name)) {
        await reservation?.giveBack().catch(() => {
          note({ givenBack: false });
        });
      }
      throw error;
    }
  };
