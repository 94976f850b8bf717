import type { KeyPrefix } from '../../lib/contracts/items';
import { JOB_ENVIRONMENT } from '../../lib/contracts/job-environment';
import type { OverrideTarget, SubmissionTargets } from '../../lib/contracts/submission';
import {
  LONGEST_IDEMPOTENCY_KEY,
  LOADER_VARIABLE,
  PLATFORM_VARIABLE,
  VALUE_NAME,
} from '../../lib/contracts/submission-schema';
import { anyTextOf, fieldsOf, isFields, optionalTextOf, textOf, wrongKind } from '../shared/fields';
import { itemSourceOf, type CheckedSource } from '../shared/item-source';
import { refusal } from '../shared/refusal';
import { excerpt, listed } from '../shared/text';
import { placeOf, shareOf } from './place';
import type { CallingTeam } from './team';

type Texts = Readonly<Record<string, string>>;

/** A submission request that has been checked, with its targets looked up. */
export interface CheckedSubmission {
  readonly job: string;
  readonly jobDefinition: string;
  /** ARN of the job queue. */
  readonly queue: string;
  readonly items?: CheckedSource;
  readonly parameters: Texts;
  readonly environment: Texts;
  readonly idempotencyKey?: string;
  readonly shareIdentifier?: string;
  readonly tags: Texts;
  /** Set where the queue wants a priority that the job definition does not have. */
  readonly schedulingPriority?: number;
  readonly overrides?: readonly OverrideTarget[];
}

const RESERVED: readonly string[] = Object.values(JOB_ENVIRONMENT);

const jobOf = (name: string, { jobs }: SubmissionTargets) => {
  const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined;
  if (job !== undefined) return job;
  throw refusal('UnknownJob', `there is no job '${excerpt(name)}' to submit; known jobs: ${listed(Object.keys(jobs))}`);
};

/** Texts by name; no name or value can end where a container or its log reads on. */
const textsOf = (value: unknown, where: string): Texts => {
  if (value === undefined) return {};
  if (!isFields(value)) throw wrongKind(where, 'an object', value);
  return Object.fromEntries(
    Object.entries(value).map(([name, given]) => {
      if (!VALUE_NAME.test(name)) {
        throw refusal(
          'InvalidRequest',
          `'${where}' has a name '${excerpt(name)}'; use 1 to 256 letters, digits, _, . and -`,
        );
      }
      const text = anyTextOf(given, `${where}.${excerpt(name)}`);
      if (!text.includes('\0')) return [name, text];
      throw refusal('InvalidRequest', `'${where}.${excerpt(name)}' must not have a null character`);
    }),
  );
};

/** Why a caller may not set a variable; undefined when they may. */
const obstacleTo = (name: string): string | undefined => {
  if (PLATFORM_VARIABLE.test(name)) {
    return (
      `names that start with AWS_BATCH belong to AWS Batch, and ${RESERVED.join(', ')} to this platform; ` +
      'choose another name'
    );
  }
  if (!LOADER_VARIABLE.test(name)) return undefined;
  return 'it decides what programs load or where they call; set it in the job definition, or choose another name';
};

const environmentOf = (value: unknown): Texts => {
  const environment = textsOf(value, 'environment');
  for (const name of Object.keys(environment)) {
    const obstacle = obstacleTo(name);
    if (obstacle === undefined) continue;
    throw refusal('InvalidRequest', `'environment' must not set '${excerpt(name)}': ${obstacle}`);
  }
  return environment;
};

const REQUEST_FIELDS = ['job', 'queue', 'items', 'parameters', 'environment', 'shareIdentifier', 'idempotencyKey'];

/** Checks what a caller asks for, before anything is read or written. */
export const submissionOf = (
  request: unknown,
  targets: SubmissionTargets,
  sources: readonly KeyPrefix[],
  team?: CallingTeam,
): CheckedSubmission => {
  const fields = fieldsOf(request, 'request', REQUEST_FIELDS);
  const name = textOf(fields.job, 'job');
  const job = jobOf(name, targets);
  const place = placeOf(optionalTextOf(fields.queue, 'queue'), job, targets, team);
  const share = optionalTextOf(fields.shareIdentifier, 'shareIdentifier');
  return {
    job: name,
    jobDefinition: job.jobDefinition,
    queue: place.arn,
    items: fields.items === undefined ? undefined : itemSourceOf(fields.items, 'items', sources),
    parameters: textsOf(fields.parameters, 'parameters'),
    environment: environmentOf(fields.environment),
    idempotencyKey: optionalTextOf(fields.idempotencyKey, 'idempotencyKey', LONGEST_IDEMPOTENCY_KEY),
    shareIdentifier: shareOf(share, place, job, targets, team),
    tags: { ...job.tags, ...team?.tags },
    schedulingPriority: place.shared === true && targets.queues[job.queue].shared !== true ? 0 : undefined,
    overrides: job.overrides,
  };
};
