import {
  paginateListJobs,
  SubmitJobCommand,
  type BatchClient,
  type SubmitJobCommandInput,
} from '@aws-sdk/client-batch';
import { namedError } from '../shared/named-error';
import { refusal } from '../shared/refusal';
import { withoutValues } from './without-values';

/** A job that was submitted before. */
export interface SubmittedJob {
  readonly jobId: string;
  /** Number of children; 1 for a job that is no array. */
  readonly size: number;
}

/** The jobs in AWS Batch, as far as a submission needs them. */
export interface Jobs {
  /** The job of that name in one of the queues, whatever its state. */
  find(queues: readonly string[], jobName: string): Promise<SubmittedJob | undefined>;
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

const findIn = async (batch: BatchClient, jobQueue: string, jobName: string): Promise<SubmittedJob | undefined> => {
  try {
    const filters = [{ name: 'JOB_NAME', values: [jobName] }];
    for await (const { jobSummaryList } of paginateListJobs({ client: batch }, { jobQueue, filters })) {
      // The filter ignores case.
      const job = jobSummaryList?.find((summary) => summary.jobName === jobName);
      if (job?.jobId !== undefined) return { jobId: job.jobId, size: job.arrayProperties?.size ?? 1 };
    }
    return undefined;
  } catch (error) {
    throw explained(error, 'batch:ListJobs', jobQueue);
  }
};

/** The jobs that a client of AWS Batch reaches. */
export const batchJobs = (batch: BatchClient): Jobs => ({
  async find(queues, jobName) {
    const found = await Promise.all(queues.map((queue) => findIn(batch, queue, jobName)));
    return found.find((job) => job !== undefined);
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
