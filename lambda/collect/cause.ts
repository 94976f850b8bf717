import { isFields, type Fields } from '../shared/fields';
import { printable } from '../shared/text';
import { parsedStart } from './parsed-start';

/** Names and ids that AWS Batch makes or takes: safe in a command that somebody copies. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9_:#-]{0,180}$/;

const ELSEWHERE = 'the history of the execution tells more';

const textIn = (fields: unknown, name: string): string | undefined => {
  const value = isFields(fields) ? fields[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};

const plainIn = (fields: unknown, name: string): string | undefined => {
  const text = textIn(fields, name);
  return text !== undefined && PLAIN.test(text) ? text : undefined;
};

const labelled = (label: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`${label} ${value}`];

/** Failed children of an array job, and how to find them. */
const children = (job: Fields, jobId: string | undefined): readonly string[] => {
  const array = isFields(job.ArrayProperties) ? job.ArrayProperties : undefined;
  const failed = textIn(array?.StatusSummary, 'FAILED');
  if (failed === undefined) return [];
  const count = `${failed} of ${textIn(array, 'Size') ?? 'its'} children failed`;
  if (jobId === undefined) return [count];
  return [`${count}; list them with: aws batch list-jobs --array-job-id ${jobId} --job-status FAILED`];
};

const lastAttempt = ({ Attempts }: Fields): Fields | undefined => {
  const last: unknown = Array.isArray(Attempts) ? Attempts.at(-1) : undefined;
  return isFields(last) ? last : undefined;
};

/** What Step Functions tells of a job that failed, without its definition and environment. */
const jobCause = (job: Fields): string => {
  const attempt = lastAttempt(job);
  const container = isFields(job.Container) ? job.Container : attempt?.Container;
  const jobId = plainIn(job, 'JobId');
  const reason = textIn(job, 'StatusReason') ?? textIn(attempt, 'StatusReason');
  const facts = [
    ...(reason === undefined ? [] : [reason]),
    ...labelled('container:', textIn(container, 'Reason')),
    ...labelled('exit code', textIn(container, 'ExitCode')),
    ...labelled('log stream', textIn(container, 'LogStreamName')),
    ...children(job, jobId),
  ];
  const who = `job ${plainIn(job, 'JobName') ?? '(unnamed)'} (${jobId ?? ELSEWHERE})`;
  return `${who} ${plainIn(job, 'Status') ?? 'FAILED'}: ${facts.join('; ') || 'no reason given'}`;
};

const isJob = (details: Fields): boolean => 'JobId' in details || 'Attempts' in details || 'Container' in details;

/** A text up to where it repeats data, as messages of Step Functions do: an environment may be part of them. */
const withoutData = (cause: string): string => {
  const data = cause.search(/[{[]/);
  if (data === -1) return cause;
  const start = cause.slice(0, data).trimEnd();
  return start === ''
    ? `the cause is not repeated here, as it holds data; ${ELSEWHERE}`
    : `${start} ... (${ELSEWHERE})`;
};

/**
 * The cause of a failed step as a person wants to read it: the message of a function, the reason of a job. Nothing else
 * of a description gets through, whole or cut: it has the environment of the job.
 */
export const readableCause = (cause: string | undefined): string | undefined => {
  if (cause === undefined || cause === '') return undefined;
  const details = parsedStart(cause);
  if (details === undefined) return printable(withoutData(cause));
  if (isJob(details)) return printable(jobCause(details));
  return printable(textIn(details, 'errorMessage') ?? withoutData(cause));
};
