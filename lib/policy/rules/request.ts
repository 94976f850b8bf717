import { isJobName, MIN_TIMEOUT_SECONDS, SCHEDULING_PRIORITY } from '../../contracts/rules/job';
import type { Range } from '../../contracts/rules/range';
import { ATTEMPTS } from '../../contracts/rules/retry';
import { isTagKey, isTagValue, MAX_TAGS } from '../../contracts/rules/tags';
import { isLiteral } from '../model/literal';
import { type Submission, submissionsOf } from '../model/submission';
import { counted, type Finding, matching, rulesOf, type TemplateRule, unless, within } from '../rule';
import type { Value } from '../template/template';

const rule = rulesOf(submissionsOf);

/** https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html */
const ARRAY_SIZE: Range = [2, 10_000];

/** https://docs.aws.amazon.com/batch/latest/userguide/job_dependencies.html */
const MAX_DEPENDENCIES = 20;

/** Does AWS Batch take what a template submits, and does the job start? @internal */
export const REQUEST_RULES: readonly TemplateRule[] = [
  rule('pipeline-job-name', 'use letters, digits, - and _, at most 128', ({ request }) => [
    literal(request.at('JobName'), isJobName),
  ]),
  rule('pipeline-array-size', 'give 2 to 10,000 children', ({ request }) => [
    within(request.at('ArrayProperties', 'Size'), ARRAY_SIZE),
  ]),
  rule('pipeline-dependencies', `depend on at most ${MAX_DEPENDENCIES} jobs`, ({ request }) => [
    counted(request.at('DependsOn'), [0, MAX_DEPENDENCIES]),
  ]),
  rule('pipeline-dependency-array', 'give ArrayProperties, or depend on the whole job', dependencies),
  rule('pipeline-timeout', 'give the state the time that the job waits in its queue as well', stateTimeout),
  rule('job-retry-attempts', 'give 1 to 10 attempts', ({ request }) => [
    within(request.at('RetryStrategy', 'Attempts'), ATTEMPTS),
  ]),
  rule('job-timeout', `give at least ${MIN_TIMEOUT_SECONDS} seconds`, ({ request }) => [
    within(request.at('Timeout', 'AttemptDurationSeconds'), [MIN_TIMEOUT_SECONDS, Infinity]),
  ]),
  rule('job-scheduling-priority', 'give a whole number from 0 to 9999', ({ request }) => [
    within(request.at('SchedulingPriorityOverride'), SCHEDULING_PRIORITY),
  ]),
  rule('job-tags', `keep to ${MAX_TAGS} tags, and to keys and values that are allowed`, tags),
];

/** A finding if a text is given, not an expression, that is not allowed. */
const literal = (at: Value, isAllowed: (text: string) => boolean): Finding | undefined =>
  isLiteral(at) ? matching(at, isAllowed) : undefined;

/** How many children another job has is not known. */
function dependencies({ request }: Submission): (Finding | undefined)[] {
  const isArray = ['ArrayProperties', 'ArrayProperties.$'].some((name) => !request.at(name).isAbsent);
  const types = (request.at('DependsOn').items ?? []).map((dependency) => dependency.at('Type'));
  return types.map((type) => unless(isArray || !/^(SEQUENTIAL|N_TO_N)$/.test(type.text ?? ''), type, 'but no array'));
}

/** A state that does not wait has nothing to do with the time of an attempt. */
function stateTimeout({ at, request, job }: Submission): (Finding | undefined)[] {
  if (at.at('Resource').ending?.endsWith('.sync') !== true) return [];
  const own = request.at('Timeout');
  const attempt = (own.isAbsent ? job?.properties.at('Timeout') : own)?.at('AttemptDurationSeconds').number;
  const timeout = at.at('TimeoutSeconds');
  const isShort = timeout.number !== undefined && attempt !== undefined && timeout.number < attempt;
  return [unless(!isShort, timeout, `but an attempt has ${attempt} seconds`)];
}

/** An ECS task gets those of the job definition as well, if they are passed on. */
function* tags({ request, job }: Submission): Iterable<Finding | undefined> {
  const own = request.at('Tags');
  const [asked, usual] = [request.at('PropagateTags'), job?.properties.at('PropagateTags')];
  const arePassedOn = (asked.isAbsent ? usual : asked)?.flag === true;
  const others = arePassedOn ? (job?.properties.at('Tags').fields ?? []) : [];
  const count = new Set([...own.fields, ...others].map(([key]) => keyOf(key))).size;
  const note = others.length === 0 ? '' : ', those of the job definition included';
  if (count > MAX_TAGS && !own.isAbsent) yield { at: own, message: `${own.name} has ${count}${note}` };
  for (const [key, value] of own.fields) yield unless(isTagKey(keyOf(key)), value) ?? literal(value, isTagValue);
}

/** The name of a field without the mark of a path into the input of a state. */
const keyOf = (name: string): string => name.replace(/\.\$$/, '');
