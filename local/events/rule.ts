import type { Reader } from '../core/reader';
import type { World } from '../core/world';
import { AwsError, notSupported } from '../core/errors';
import { isRecord } from '../core/json';
import { parsePattern, type Pattern } from '../patterns/pattern';
import { PatternError } from '../patterns/pattern-error';
import { invalid } from './errors';
import { parseSchedule, type Schedule, ScheduleError } from '../schedules/schedule';
import type { Target } from './target';

/** A rule of the default bus. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly roleArn?: string;
  readonly enabled: boolean;
  readonly eventPattern?: string;
  readonly pattern?: Pattern;
  /** The sources it can match; undefined when its pattern leaves them open. */
  readonly sources?: readonly string[];
  readonly scheduleExpression?: string;
  readonly schedule?: Schedule;
  readonly targets: ReadonlyMap<string, Target>;
  readonly tags: ReadonlyMap<string, string>;
}

/** Compiles a pattern, and says in EventBridge's words what is wrong with it. */
export const checkedPattern = (json: string): Pattern & { readonly parsed: unknown } => {
  try {
    return parsePattern(json);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
  }
};

const sourcesOf = (pattern: unknown): readonly string[] | undefined => {
  const sources: readonly unknown[] = isRecord(pattern) && Array.isArray(pattern.source) ? pattern.source : [];
  const exact = sources.filter((source) => typeof source === 'string');
  return exact.length === 0 || exact.length < sources.length ? undefined : exact;
};

const isEnabled = (state: string | undefined): boolean => {
  if (state === undefined || state === 'ENABLED') return true;
  if (state === 'DISABLED') return false;
  throw notSupported(`the rule state '${state}'`, 'it has ENABLED and DISABLED');
};

/** The tags of a request. */
export const tagsOf = (reader: Reader): ReadonlyMap<string, string> =>
  new Map(reader.records('Tags').map((tag) => [tag.text('Key'), tag.text('Value')]));

const scheduleOf = (expression: string | undefined, world: World): Schedule | undefined => {
  if (expression === undefined) return undefined;
  try {
    if (expression.startsWith('at(')) throw new ScheduleError(`'${expression}' must be rate(...) or cron(...)`);
    return parseSchedule(expression, { start: world.clock.now() });
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    throw invalid(`Parameter ScheduleExpression is not valid: ${error.message}`);
  }
};

/** Checks the input of PutRule. Targets of a rule of the same name stay. */
export const ruleOf = (reader: Reader, world: World, previous: Rule | undefined): Rule => {
  const name = reader.text('Name');
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw invalid(`Name of a rule must be 1 to 64 letters, digits, '.', '-' or '_', got '${name}'`);
  }
  const eventPattern = reader.optionalText('EventPattern');
  const scheduleExpression = reader.optionalText('ScheduleExpression');
  if (eventPattern === undefined && scheduleExpression === undefined) {
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  const pattern = eventPattern === undefined ? undefined : checkedPattern(eventPattern);
  return {
    name,
    arn: world.arn('events', `rule/${name}`),
    description: reader.optionalText('Description'),
    roleArn: reader.optionalText('RoleArn'),
    enabled: isEnabled(reader.optionalText('State')),
    eventPattern,
    pattern,
    sources: sourcesOf(pattern?.parsed),
    scheduleExpression,
    schedule: scheduleOf(scheduleExpression, world),
    targets: previous?.targets ?? new Map<string, Target>(),
    // As in AWS, putting a rule again does not change its tags.
    tags: previous?.tags ?? tagsOf(reader),
  };
};

/** A rule as DescribeRule and ListRules show it. */
export const describeRule = (rule: Rule) => ({
  Name: rule.name,
  Arn: rule.arn,
  EventPattern: rule.eventPattern,
  ScheduleExpression: rule.scheduleExpression,
  State: rule.enabled ? 'ENABLED' : 'DISABLED',
  Description: rule.description,
  RoleArn: rule.roleArn,
  EventBusName: 'default',
});
