import {
  paginateListJobs,
  SubmitJobCommand,
  type BatchClient,
  type JobSummary,
  type SubmitJobCommandInput,
} from '@aws-sdk/client-batch';
import { namedError } from '../shared/named-error';
import { refusal } from '../shared/refusal';
import type { EarlierJob } from './earlier-job';
import { withoutValues } from './without-values';

/** A job that was submitted before. */
export interface SubmittedJob {
  readonly jobId: string;
  /** Number of children; 1 for a job that is no array. */
  readonly size: number;
}

/** The jobs in AWS Batch, as far as a submission needs them. */
export interface Jobs {
  /** The job in one of the queues, whatever its state. */
  find(queues: readonly string[], job: EarlierJob): Promise<SubmittedJob | undefined>;
  /** Submits a job and returns its id. */
  submit(request: SubmitJobCommandInput): Promise<string>;
}

const explained = (error: unknown, action: string, where: string, request: object = {}): unknown => {
  if (!(error instanceof Error)) return error;
  const message = withoutValues(error.message, request);
  switch (error.name) {
    case 'AccessDeniedException':
      return refusal('AccessDenied', `${action} is denied on ${where}: allow this function that action there`);
    case 'ClientException':
      return refusal('SubmissionRefused', `AWS Batch refuses ${action} on ${where}: ${message}`);
    default:
      return namedError(error.name, message);
  }
};

/** The name of a job definition in its ARN, or with a revision. */
const definitionNameOf = (id = ''): string | undefined => id.split('/').at(-1)?.split(':').at(0);

const findIn = async (batch: BatchClient, jobQueue: string, earlier: EarlierJob): Promise<SubmittedJob | undefined> => {
  const definitionName = definitionNameOf(earlier.jobDefinition);
  // The filter ignores case.
  const isEarlier = ({ jobName, jobDefinition, shareIdentifier }: JobSummary) =>
    jobName === earlier.jobName &&
    definitionNameOf(jobDefinition) === definitionName &&
    earlier.mayHave(shareIdentifier);
  try {
    const filters = [{ name: 'JOB_NAME', values: [earlier.jobName] }];
    for await (const { jobSummaryList } of paginateListJobs({ client: batch }, { jobQueue, filters })) {
      const job = jobSummaryList?.find(isEarlier);
      if (job?.jobId !== undefined) return { jobId: job.jobId, size: job.arrayProperties?.size ?? 1 };
    }
    return undefined;
  } catch (error) {
    throw explained(error, 'batch:ListJobs', jobQueue);
  }
};

/** Options of a client: all submitters of an account share 50 calls per second, so back off until there is room. */
export const PATIENT = { retryMode: 'adaptive', maxAttempts: 10 } as const;

/** The jobs that a client of AWS Batch reaches. */
export const batchJobs = (batch: BatchClient): Jobs => ({
  async find(queues, job) {
    const found = await Promise.all(queues.map((queue) => findIn(batch, queue, job)));
    return found.find((one) => one !== undefined);
  },
  async submit(request) {
    try {
      const { jobId } = await batch.send(new SubmitJobCommand(request));
      if (jobId === undefined) throw new Error(`AWS Batch returned no id for the job ${request.jobName ?? ''}`);
      return jobId;
    } catch (error) {
      throw explained(
        error,
        'batch:SubmitJob',
        `${request.jobDefinition ?? ''} and ${request.jobQueue ?? ''}`,
        request,
      );
    }
  },
});
