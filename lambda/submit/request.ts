import type { ItemSource } from '../../lib/contracts/items';
import { JOB_ENVIRONMENT } from '../../lib/contracts/job-environment';
import type { SubmissionTargets } from '../../lib/contracts/submission';
import { excerpt, fieldsOf, isFields, optionalTextOf, textOf, wrongKind } from '../shared/fields';
import { itemSourceOf } from '../shared/item-source';
import { refusal } from '../shared/refusal';

type Texts = Readonly<Record<string, string>>;

/** A submission request that has been checked, with its targets looked up. */
export interface CheckedSubmission {
  readonly job: string;
  readonly jobDefinition: string;
  /** ARN of the job queue. */
  readonly queue: string;
  readonly items?: ItemSource;
  readonly parameters: Texts;
  readonly environment: Texts;
  readonly idempotencyKey?: string;
}

const LONGEST_KEY = 256;

const RESERVED: readonly string[] = Object.values(JOB_ENVIRONMENT);

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : [...names].sort().join(', '));

const jobOf = (name: string, { jobs }: SubmissionTargets) => {
  const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined;
  if (job !== undefined) return job;
  throw refusal('UnknownJob', `there is no job '${excerpt(name)}' to submit; known jobs: ${listed(Object.keys(jobs))}`);
};

const queueOf = (name: string, { queues }: SubmissionTargets): string => {
  const queue = Object.hasOwn(queues, name) ? queues[name] : undefined;
  if (queue !== undefined) return queue;
  const known = listed(Object.keys(queues));
  throw refusal(
    'UnknownQueue',
    `there is no job queue '${excerpt(name)}' to submit to; known queues: ${known}; leave 'queue' out for the job's own`,
  );
};

const textsOf = (value: unknown, where: string): Texts => {
  if (value === undefined) return {};
  if (!isFields(value)) throw wrongKind(where, 'an object', value);
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      if (typeof text !== 'string') throw wrongKind(`${where}.${excerpt(name)}`, 'a string', text);
      return [name, text];
    }),
  );
};

const environmentOf = (value: unknown): Texts => {
  const environment = textsOf(value, 'environment');
  for (const name of Object.keys(environment)) {
    if (name === '' || name.includes('=')) {
      throw refusal(
        'InvalidRequest',
        `'environment' has a variable named '${excerpt(name)}'; use letters, digits and _`,
      );
    }
    if (name.startsWith('AWS_BATCH') || RESERVED.includes(name)) {
      throw refusal(
        'InvalidRequest',
        `'environment' must not set '${excerpt(name)}': names that start with AWS_BATCH belong to AWS Batch, ` +
          `and ${RESERVED.join(', ')} to this platform; choose another name`,
      );
    }
  }
  return environment;
};

const idempotencyKeyOf = (value: unknown): string | undefined => {
  const key = optionalTextOf(value, 'idempotencyKey');
  if (key !== undefined && key.length > LONGEST_KEY) {
    throw refusal(
      'InvalidRequest',
      `'idempotencyKey' must have at most ${LONGEST_KEY} characters, got ${key.length}; use a hash of it`,
    );
  }
  return key;
};

/** Checks what a caller asks for, before anything is read or written. */
export const submissionOf = (request: unknown, targets: SubmissionTargets): CheckedSubmission => {
  const fields = fieldsOf(request, 'request', ['job', 'queue', 'items', 'parameters', 'environment', 'idempotencyKey']);
  const name = textOf(fields.job, 'job');
  const job = jobOf(name, targets);
  const queue = optionalTextOf(fields.queue, 'queue');
  return {
    job: name,
    jobDefinition: job.jobDefinition,
    queue: queue === undefined ? job.queue : queueOf(queue, targets),
    items: fields.items === undefined ? undefined : itemSourceOf(fields.items, 'items'),
    parameters: textsOf(fields.parameters, 'parameters'),
    environment: environmentOf(fields.environment),
    idempotencyKey: idempotencyKeyOf(fields.idempotencyKey),
  };
};
