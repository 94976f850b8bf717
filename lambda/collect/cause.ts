import { isFields, type Fields } from '../shared/fields';

const LONGEST_CAUSE = 2_000;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const textIn = (fields: unknown, name: string): string | undefined => {
  const value = isFields(fields) ? fields[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

const labelled = (label: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`${label} ${value}`];

/** Failed children of an array job, and how to find them. */
const children = (job: Fields, jobId: string): readonly string[] => {
  const array = isFields(job.ArrayProperties) ? job.ArrayProperties : undefined;
  const failed = textIn(array?.StatusSummary, 'FAILED');
  if (failed === undefined) return [];
  const find = `aws batch list-jobs --array-job-id ${jobId} --job-status FAILED`;
  return [`${failed} of ${textIn(array, 'Size') ?? 'its'} children failed; list them with: ${find}`];
};

/** What Step Functions tells of a job that failed, without its definition and environment. */
const jobCause = (job: Fields, jobId: string): string => {
  const reason = textIn(job, 'StatusReason');
  const facts = [
    ...(reason === undefined ? [] : [reason]),
    ...labelled('container:', textIn(job.Container, 'Reason')),
    ...labelled('exit code', textIn(job.Container, 'ExitCode')),
    ...labelled('log stream', textIn(job.Container, 'LogStreamName')),
    ...children(job, jobId),
  ];
  const who = `job ${textIn(job, 'JobName') ?? '(unnamed)'} (${jobId})`;
  return `${who} ${textIn(job, 'Status') ?? 'FAILED'}: ${facts.join('; ') || 'no reason given'}`;
};

/** The cause of a failed step as a person wants to read it: the message of a function, the reason of a job. */
export const readableCause = (cause: string | undefined): string | undefined => {
  if (cause === undefined || cause === '') return undefined;
  const details = parsed(cause);
  const jobId = textIn(details, 'JobId');
  const readable =
    jobId !== undefined && isFields(details) ? jobCause(details, jobId) : (textIn(details, 'errorMessage') ?? cause);
  return readable.slice(0, LONGEST_CAUSE);
};
