import type { SubmitJobCommandInput } from '@aws-sdk/client-batch';
import { MIN_ARRAY_SIZE } from '../../lib/contracts/items';
import { MAX_OVERRIDES_CHARACTERS, MAX_SUBMIT_BYTES } from '../../lib/contracts/submission';
import { refusal } from '../shared/refusal';
import { lengthOf, overridesOf } from './overrides';
import type { CheckedSubmission } from './request';

const LONGEST_JOB_NAME = 128;

/** The name under which a submission is found again in AWS Batch. */
export const jobNameOf = (job: string, submissionId: string): string => {
  const allowed = job.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+/, '');
  const start = allowed.slice(0, LONGEST_JOB_NAME - submissionId.length - 1);
  return start === '' ? submissionId : `${start}-${submissionId}`;
};

const checkSize = (what: string, size: number, unit: string, allowed: number): void => {
  if (size <= allowed) return;
  throw refusal(
    'RequestTooLarge',
    `${what} have ${size} ${unit}, AWS Batch takes ${allowed}: ` +
      `write the data to S3 and pass its location, or pass it as items`,
  );
};

/** The call of AWS Batch for a submission; refuses what AWS Batch would refuse, or accept and then fail. */
export const jobRequestOf = (
  submission: CheckedSubmission,
  submissionId: string,
  count: number,
  environment: Readonly<Record<string, string>>,
): SubmitJobCommandInput => {
  const { parameters, shareIdentifier, schedulingPriority, tags } = submission;
  const inPods = submission.overrides?.some(({ place }) => place === 'pod') === true;
  const variables = Object.entries({ ...submission.environment, ...environment }).map(([name, value]) => ({
    name,
    value,
  }));
  const overrides = overridesOf(variables, submission.overrides);
  const input = {
    jobName: jobNameOf(submission.job, submissionId),
    jobQueue: submission.queue,
    jobDefinition: submission.jobDefinition,
    parameters,
    ...overrides,
    ...(shareIdentifier !== undefined && { shareIdentifier }),
    ...(schedulingPriority !== undefined && { schedulingPriorityOverride: schedulingPriority }),
    // Tags go on to ECS tasks, where costs are counted; pods take none.
    ...(Object.keys(tags).length > 0 && { tags, ...(!inPods && { propagateTags: true }) }),
    ...(count >= MIN_ARRAY_SIZE && { arrayProperties: { size: count } }),
  };
  checkSize('parameters and environment', Buffer.byteLength(JSON.stringify(input)), 'bytes', MAX_SUBMIT_BYTES);
  // AWS Batch puts the command with its parameters filled in into the overrides as well.
  const characters = lengthOf(overrides) + Object.values(parameters).join('').length;
  checkSize('parameters and environment', characters, 'characters', MAX_OVERRIDES_CHARACTERS);
  return input;
};
