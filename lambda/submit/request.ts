import { SHARE_IDENTIFIER, SHARE_IDENTIFIER_IN_WORDS } from '../../lib/contracts/share-identifier';
import { JOB_ENVIRONMENT } from '../../lib/contracts/job-environment';
import type { OverrideTarget, SubmissionTarget, SubmissionTargets } from '../../lib/contracts/submission';
import {
  LONGEST_IDEMPOTENCY_KEY,
  LOADER_VARIABLE,
  PLATFORM_VARIABLE,
  VALUE_NAME,
} from '../../lib/contracts/submission-schema';
import { TEAM_TAG } from '../../lib/contracts/team';
import { anyTextOf, fieldsOf, isFields, optionalTextOf, textOf, wrongKind } from '../shared/fields';
import { itemSourceOf, type CheckedSource } from '../shared/item-source';
import { refusal } from '../shared/refusal';
import { excerpt } from '../shared/text';
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

/** What a team submits is its own: no job that was made for the share of somebody else, or to have their tag. */
const checkOwner = (job: SubmissionTarget, team: CallingTeam): void => {
  const marks = [
    ['share identifier', job.shareIdentifier, team.shareIdentifier],
    [`tag '${TEAM_TAG}'`, job.tags?.[TEAM_TAG], team.tags[TEAM_TAG]],
  ] as const;
  for (const [mark, its, own] of marks) {
    if (its === undefined || its === own) continue;
    const hint = 'submit a job of the team, or one of nobody';
    throw refusal('InvalidRequest', `this job has the ${mark} '${its}', the team '${team.name}' has '${own}'; ${hint}`);
  }
};

/** AWS Batch wants a share identifier of each job in a queue with a scheduling policy, and takes none elsewhere. */
const shareOf = (given: string | undefined, own: string | undefined, isShared: boolean): string | undefined => {
  if (given !== undefined && !SHARE_IDENTIFIER.test(given)) {
    throw refusal(
      'InvalidRequest',
      `'shareIdentifier' must have ${SHARE_IDENTIFIER_IN_WORDS}, got '${excerpt(given)}'`,
    );
  }
  if (!isShared && given !== undefined) {
    throw refusal('InvalidRequest', `'shareIdentifier' is for queues with a scheduling policy; leave it out`);
  }
  if (!isShared) return undefined;
  if (given !== undefined && own !== undefined && given !== own) {
    throw refusal(
      'InvalidRequest',
      `this job is submitted under the share identifier '${own}', got '${excerpt(given)}'; leave it out`,
    );
  }
  const share = given ?? own;
  if (share !== undefined) return share;
  throw refusal('InvalidRequest', `the queue has a scheduling policy; name a 'shareIdentifier'`);
};

const REQUEST_FIELDS = ['job', 'queue', 'items', 'parameters', 'environment', 'shareIdentifier', 'idempotencyKey'];

/** Checks what a caller asks for, before anything is read or written. */
export const submissionOf = (
  request: unknown,
  targets: SubmissionTargets,
  buckets: readonly string[],
  team?: CallingTeam,
): CheckedSubmission => {
  const fields = fieldsOf(request, 'request', REQUEST_FIELDS);
  const name = textOf(fields.job, 'job');
  const job = jobOf(name, targets);
  if (team !== undefined) checkOwner(job, team);
  const queue = optionalTextOf(fields.queue, 'queue');
  const arn = queue === undefined ? job.queue : queueOf(queue, targets);
  const isShared = queue === undefined ? job.shared === true : targets.sharedQueues?.includes(queue) === true;
  return {
    job: name,
    jobDefinition: job.jobDefinition,
    queue: arn,
    items: fields.items === undefined ? undefined : itemSourceOf(fields.items, 'items', buckets),
    parameters: textsOf(fields.parameters, 'parameters'),
    environment: environmentOf(fields.environment),
    idempotencyKey: optionalTextOf(fields.idempotencyKey, 'idempotencyKey', LONGEST_IDEMPOTENCY_KEY),
    shareIdentifier: shareOf(
      optionalTextOf(fields.shareIdentifier, 'shareIdentifier'),
      team?.shareIdentifier ?? job.shareIdentifier,
      isShared,
    ),
    tags: { ...job.tags, ...team?.tags },
    schedulingPriority: isShared && job.shared !== true ? 0 : undefined,
    overrides: job.overrides,
  };
};
