import type { Reader } from '../core/reader';
import type { Input, Output } from '../core/service';
import { allowOnly, clientError, oneOf, readInput } from './checks';
import { summarizeJob, summarizeNodes } from './describe';
import { JOB_STATUSES, type Job, type JobStatus } from './job';
import { pageOf } from './pages';
import { findJob, findQueue, type BatchState } from './state';

type Filter = (job: Job) => boolean;

const FILTERS = ['JOB_NAME', 'JOB_DEFINITION', 'SHARE_IDENTIFIER', 'BEFORE_CREATED_AT', 'AFTER_CREATED_AT'] as const;

const startsOrEquals = (pattern: string, text: string): boolean =>
  pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;

const readTime = (value: string): number => {
  const time = Number(value);
  if (value === '' || !Number.isFinite(time)) {
    throw clientError(`a filter by creation time takes milliseconds since 1970, got '${value}'`);
  }
  return time;
};

const filterBy = (name: (typeof FILTERS)[number], value: string): Filter => {
  if (name === 'JOB_NAME') {
    return (job) => startsOrEquals(value.toLowerCase(), job.submission.jobName.toLowerCase());
  }
  if (name === 'JOB_DEFINITION') {
    return ({ submission: { definition } }) =>
      value.startsWith('arn:') ? definition.arn === value : startsOrEquals(value, definition.name);
  }
  if (name === 'SHARE_IDENTIFIER') return ({ submission }) => startsOrEquals(value, submission.share?.identifier ?? '');
  const time = readTime(value);
  return name === 'BEFORE_CREATED_AT' ? (job) => job.createdAt < time : (job) => job.createdAt > time;
};

const readStatus = (reader: Reader): JobStatus =>
  oneOf('jobStatus', reader.optionalText('jobStatus') ?? 'RUNNING', JOB_STATUSES);

const readFilter = (reader: Reader): Filter | undefined => {
  const given = reader.records('filters');
  if (given.length > 1) throw clientError(`'filters' takes one filter, got ${given.length}`);
  const filter = given.at(0);
  if (filter === undefined) return undefined;
  const name = oneOf('filters.name', filter.text('name'), FILTERS);
  const filters = filter.texts('values').map((value) => filterBy(name, value));
  // The only one that goes with a status.
  const status = name === 'SHARE_IDENTIFIER' && reader.has('jobStatus') ? readStatus(reader) : undefined;
  if (filters.length === 0) throw clientError(`the filter ${name} must have 'values'`);
  return (job) => (status === undefined || job.status === status) && filters.some((matches) => matches(job));
};

const listChildren = (state: BatchState, reader: Reader): Output => {
  const id = reader.text('arrayJobId');
  const array = findJob(state, id)?.array;
  if (array === undefined) throw clientError(`'arrayJobId' must be the id of an array job, got '${id}'`);
  if (reader.has('filters')) throw clientError("'filters' does not apply to the children of an array");
  const status = readStatus(reader);
  return answer(
    pageOf(
      array.children.filter((child) => child.status === status),
      reader,
      1000,
    ),
  );
};

const listQueue = (state: BatchState, reader: Reader): Output => {
  const { jobs } = findQueue(state, reader.text('jobQueue'));
  const filter = readFilter(reader);
  if (filter === undefined) return answer(pageOf(jobs.get(readStatus(reader)) ?? [], reader, 1000));
  const all = [...jobs.values()].flatMap((withStatus) => [...withStatus]);
  return answer(pageOf(all.filter(filter), reader, 100, 'newest first'));
};

const answer = ({ items, nextToken }: { readonly items: readonly Job[]; readonly nextToken?: string }): Output => ({
  jobSummaryList: items.map(summarizeJob),
  nextToken,
});

const PLACES = ['jobQueue', 'arrayJobId', 'multiNodeJobId'];

const listNodes = (state: BatchState, reader: Reader): Output => {
  const job = findJob(state, reader.text('multiNodeJobId'));
  if (job?.submission.definition.nodes === undefined) {
    throw clientError(`'multiNodeJobId' must be the id of a multi-node job, got '${reader.text('multiNodeJobId')}'`);
  }
  return { jobSummaryList: job.status === readStatus(reader) ? summarizeNodes(job) : [] };
};

/** Jobs of a queue, or children of an array; those that run unless asked for others, as in AWS. */
export const listJobs = (state: BatchState, input: Input): Output => {
  const reader = readInput(input);
  allowOnly(reader, 'ListJobs', [...PLACES, 'jobStatus', 'maxResults', 'nextToken', 'filters']);
  if (PLACES.filter((name) => reader.has(name)).length !== 1) throw clientError(`give one of ${PLACES.join(', ')}`);
  if (reader.has('multiNodeJobId')) return listNodes(state, reader);
  return reader.has('arrayJobId') ? listChildren(state, reader) : listQueue(state, reader);
};
