import {
  isCount,
  isDefinitionName,
  MAX_CONSUMABLE_RESOURCES,
  MAX_DEFINITION_BYTES,
  MAX_NODE_GROUPS,
  MIN_TIMEOUT_SECONDS,
  placeholdersIn,
  SCHEDULING_PRIORITY,
} from '../../contracts/rules/job';
import {
  ATTEMPTS,
  EXIT_CODE_PATTERN,
  isRetryPattern,
  MAX_RETRY_RULES,
  REASON_PATTERN,
} from '../../contracts/rules/retry';
import { shellPlaceholdersIn } from '../../contracts/rules/shell';
import { isTagKey, isTagValue, MAX_TAGS } from '../../contracts/rules/tags';
import { PRIVILEGED_REASONS } from '../../contracts/template-metadata';
import { isWithin } from '../../contracts/rules/range';
import { type JobDefinition, jobDefinitionsOf, nodeRange } from '../model/job-definition';
import { counted, type Finding, given, matching, named, rulesOf, type TemplateRule, unless, within } from '../rule';
import { literalBytes } from '../template/literal-bytes';
import type { Value } from '../template/template';

const rule = rulesOf(jobDefinitionsOf);

/** Is a job definition of a template one that AWS Batch registers, and whose jobs end? @internal */
export const JOB_RULES: readonly TemplateRule[] = [
  rule('job-name', 'use letters, digits, - and _, at most 128', ({ properties }) => [
    matching(properties.at('JobDefinitionName'), isDefinitionName),
  ]),
  rule('job-physical-name', 'leave the name out', ({ properties }) => [named(properties.at('JobDefinitionName'))]),
  rule('job-definition-size', 'keep data in a bucket and pass its location', function* ({ properties }) {
    const bytes = literalBytes(properties);
    if (bytes > MAX_DEFINITION_BYTES) yield { at: properties, message: `it has ${bytes} bytes as JSON` };
  }),
  rule('job-tags', `keep to ${MAX_TAGS} tags, and to keys and values that are allowed`, function* ({ properties }) {
    const tags = properties.at('Tags');
    const count = tags.fields.length;
    if (count > MAX_TAGS) yield { at: tags, message: `${tags.name} has ${count}` };
    for (const [key, value] of tags.fields) yield unless(isTagKey(key), value) ?? matching(value, isTagValue);
  }),
  rule('job-timeout', `give at least ${MIN_TIMEOUT_SECONDS} seconds`, ({ properties }) => [
    within(properties.at('Timeout', 'AttemptDurationSeconds'), [MIN_TIMEOUT_SECONDS, Infinity]),
  ]),
  rule('job-timeout-missing', 'give Timeout.AttemptDurationSeconds', function* ({ properties }) {
    const timeout = properties.at('Timeout', 'AttemptDurationSeconds');
    if (timeout.isAbsent) yield given(timeout);
  }),
  rule('job-scheduling-priority', 'give a whole number from 0 to 9999', ({ properties }) => [
    within(properties.at('SchedulingPriority'), SCHEDULING_PRIORITY),
  ]),
  rule('job-retry-attempts', 'give 1 to 10 attempts, at least 2 when something is retried', attempts),
  rule('job-retry-rules', "end at most 5 rules with { OnReason: '*', Action: 'EXIT' }", retryRules),
  rule('job-retry-pattern', "end a pattern with '*' before what is not allowed", retryPatterns),
  rule('job-consumable-count', `take at most ${MAX_CONSUMABLE_RESOURCES}`, (job) =>
    consumablesOf(job).map((list) => counted(list, [0, MAX_CONSUMABLE_RESOURCES])),
  ),
  rule('job-consumable-quantity', 'take a whole number, at least 1', (job) =>
    consumablesOf(job).flatMap((list) =>
      (list.items ?? []).map((one) => matching(one.at('Quantity'), (quantity) => isCount(Number(quantity)))),
    ),
  ),
  rule('job-node-groups', `number 1 to ${MAX_NODE_GROUPS} ranges from 0, without a gap`, nodeGroups),
  rule('job-main-node', 'name one of the nodes', ({ properties }) => {
    const nodes = properties.at('NodeProperties', 'NumNodes').number;
    return [within(properties.at('NodeProperties', 'MainNode'), [0, (nodes ?? Infinity) - 1])];
  }),
  rule(
    'job-privileged-reason',
    `leave Privileged out, or write the reason into Metadata '${PRIVILEGED_REASONS}'`,
    privileged,
  ),
  rule(
    'job-shell-parameter',
    'hand the value to the script as an argument, or run the program without a shell',
    shells,
  ),
  rule('job-parameter-default', 'give a default in Parameters, or a value with each submission', placeholders),
];

function* attempts({ properties }: JobDefinition): Iterable<Finding | undefined> {
  const [count, rules] = [properties.at('RetryStrategy', 'Attempts'), properties.at('RetryStrategy', 'EvaluateOnExit')];
  yield within(count, ATTEMPTS);
  const retries = (rules.items ?? []).some((one) => one.at('Action').text?.toUpperCase() === 'RETRY');
  if (count.isAbsent && !rules.isAbsent) yield given(count, 'and there are rules, which AWS Batch refuses without');
  if (count.number === 1 && retries) yield given(count, 'and a rule asks for another');
}

/** What no rule matches is retried, so the last one has to match everything. */
function* retryRules({ properties }: JobDefinition): Iterable<Finding | undefined> {
  const rules = properties.at('RetryStrategy', 'EvaluateOnExit');
  yield counted(rules, [0, MAX_RETRY_RULES]);
  const last = rules.items?.at(-1);
  if (last?.at('Action').text === undefined) return;
  const matchesAll = ['OnReason', 'OnStatusReason', 'OnExitCode'].every((name) => {
    const pattern = last.at(name);
    return pattern.isAbsent || pattern.text === undefined || pattern.text === '*';
  });
  yield unless(matchesAll && last.at('Action').text?.toUpperCase() === 'EXIT', last);
}

function* retryPatterns({ properties }: JobDefinition): Iterable<Finding | undefined> {
  for (const one of properties.at('RetryStrategy', 'EvaluateOnExit').items ?? []) {
    const patterns = ['OnExitCode', 'OnReason', 'OnStatusReason'].map((name) => one.at(name));
    if (patterns.every(({ isAbsent }) => isAbsent)) yield given(one);
    const [exitCode, ...reasons] = patterns;
    yield matching(exitCode, (text) => isRetryPattern(text, EXIT_CODE_PATTERN));
    yield* reasons.map((reason) => matching(reason, (text) => isRetryPattern(text, REASON_PATTERN)));
  }
}

const consumablesOf = ({ properties }: JobDefinition): Value[] =>
  [properties, ...rangesOf(properties)].map((holder) =>
    holder.at('ConsumableResourceProperties', 'ConsumableResourceList'),
  );

const rangesOf = (properties: Value): readonly Value[] =>
  properties.at('NodeProperties', 'NodeRangeProperties').items ?? [];

function* nodeGroups({ properties }: JobDefinition): Iterable<Finding | undefined> {
  const nodes = properties.at('NodeProperties');
  if (nodes.isAbsent) return;
  yield counted(nodes.at('NodeRangeProperties'), [1, MAX_NODE_GROUPS]);
  const total = nodes.at('NumNodes').number;
  const ranges = rangesOf(properties).map((range) => range.at('TargetNodes'));
  if (total === undefined || ranges.some(({ text }) => text === undefined)) return;
  const covered = new Set<number>();
  for (const range of ranges) {
    const [first, last] = nodeRange(range.text ?? '', total);
    yield unless(isWithin(first, [0, total - 1]) && isWithin(last, [first, total - 1]), range, `of ${total} nodes`);
    for (let node = first; node <= Math.min(last, total - 1); node++) covered.add(node);
  }
  yield unless(covered.size === total, nodes, `and ranges number ${covered.size} of ${total} nodes`);
}

function* placeholders({ properties, tasks, pods }: JobDefinition): Iterable<Finding> {
  const parameters = properties.at('Parameters');
  if (parameters.fields.length === 0 && !parameters.isAbsent) return;
  const known = new Set(parameters.fields.map(([name]) => name));
  const containers = [...tasks.flatMap((task) => task.containers), ...pods.flatMap((pod) => pod.containers)];
  for (const command of containers.flatMap((container) => [container.at('Command'), container.at('Args')])) {
    const missing = placeholdersIn(command.texts).filter((name) => !known.has(name));
    if (missing.length > 0) yield { at: command, message: `${command.name} has ${missing.join(', ')}` };
  }
}

/** Executables of pods come with their arguments. */
function shells({ tasks, pods }: JobDefinition): (Finding | undefined)[] {
  const ofPods = pods.flatMap(({ initContainers, containers }) => [...initContainers, ...containers]);
  return [...tasks.flatMap(({ containers }) => containers), ...ofPods].map((container) => {
    const [command, args] = [container.at('Command'), container.at('Args')];
    const words = [command, args].flatMap(({ items = [] }) => items.map(({ text = '' }) => text));
    const names = shellPlaceholdersIn(words);
    const at = args.isAbsent ? command : args;
    return names.length === 0 ? undefined : { at, message: `${at.name} has ${names.join(', ')} in a script` };
  });
}

function privileged({ metadata, tasks, pods }: JobDefinition): (Finding | undefined)[] {
  if (!metadata.at(PRIVILEGED_REASONS).isAbsent) return [];
  const ofTasks = tasks.flatMap(({ containers }) => containers.map((one) => one.at('Privileged')));
  const ofPods = pods
    .flatMap(({ initContainers, containers }) => [...initContainers, ...containers])
    .map((one) => one.at('SecurityContext', 'Privileged'));
  return [...ofTasks, ...ofPods].map((value) => unless(value.flag !== true, value));
}
