import type { SubmitJobCommandInput } from '@aws-sdk/client-batch';
import type { SubmissionTargets } from '../../../lib/contracts/submission';
import type { Jobs } from '../../../lambda/submit/jobs';
import type { Quotas } from '../../../lambda/submit/quotas';

/** What the gateway of these tests may submit. */
export const TARGETS: SubmissionTargets = {
  jobs: {
    delays: { jobDefinition: 'delays-definition', queue: 'standard' },
    merge: { jobDefinition: 'merge-definition', queue: 'Stack/Own' },
  },
  queues: {
    standard: { arn: 'arn:aws:batch:us-east-1:000000000000:job-queue/standard' },
    urgent: { arn: 'arn:aws:batch:us-east-1:000000000000:job-queue/urgent' },
    'Stack/Own': { arn: 'arn:aws:batch:us-east-1:000000000000:job-queue/own', own: true },
  },
};

/** Nobody has a quota. */
export const unlimited: Quotas = { reserve: () => Promise.resolve({ giveBack: () => Promise.resolve() }) };

/** AWS Batch as a list of what was submitted. */
export const recordingJobs = (): Jobs & { readonly submitted: SubmitJobCommandInput[] } => {
  const submitted: SubmitJobCommandInput[] = [];
  return {
    submitted,
    find: (queues, { jobName, jobDefinition, mayHave }) => {
      const found = [...submitted.entries()].find(
        ([, job]) =>
          job.jobName === jobName &&
          job.jobDefinition === jobDefinition &&
          mayHave(job.shareIdentifier) &&
          queues.some((queue) => queue === job.jobQueue),
      );
      return Promise.resolve(found && { jobId: `job-${found[0]}`, size: found[1].arrayProperties?.size ?? 1 });
    },
    submit: (request) => Promise.resolve(`job-${submitted.push(request) - 1}`),
  };
};
