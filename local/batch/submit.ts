import { notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import type { Input } from '../core/service';
import { allowOnly, checkName, checkRange, clientError, readInput } from './checks';
import { platformOf } from './compute-environment';
import { needsOf, type Container } from './container';
import { checkSize } from './container-properties';
import { link, readDependencies } from './dependencies';
import type { Job } from './job';
import type { JobDefinition } from './job-definition';
import { readTimeout } from './job-definitions';
import type { JobQueue } from './job-queue';
import { createJob } from './new-jobs';
import { applyOverrides, describeContainer, substitute } from './overrides';
import { readRetryStrategy } from './retry';
import { findDefinition, findQueue, type BatchState } from './state';
import { readTags } from './tags';

const MAX_BYTES = 30 * 1024;
const MAX_OVERRIDES = 8192;
const MAX_TAGS = 50;
const OTHER_JOB_TYPES = [
  ...['nodeOverrides', 'eksPropertiesOverride', 'ecsPropertiesOverride', 'consumableResourcePropertiesOverride'],
];
const PROPERTIES = [
  ...['jobName', 'jobQueue', 'jobDefinition', 'arrayProperties', 'dependsOn', 'parameters', 'containerOverrides'],
  ...['retryStrategy', 'timeout', 'tags', 'propagateTags'],
];

const checkRequest = (reader: Reader, input: Input): void => {
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > MAX_BYTES) {
    throw clientError(`Job size must be less than 30 KiB, got ${Math.ceil(bytes / 1024)} KiB: pass data by reference`);
  }
  for (const name of OTHER_JOB_TYPES) if (reader.has(name)) throw notSupported(`'${name}' of SubmitJob`);
  for (const name of ['shareIdentifier', 'schedulingPriorityOverride']) {
    if (reader.has(name)) throw clientError(`'${name}' must not be given: the job queue has no scheduling policy`);
  }
  allowOnly(reader, 'SubmitJob', PROPERTIES);
};

const checkPlace = (queue: JobQueue, definition: JobDefinition): void => {
  if (queue.state === 'DISABLED' || queue.status === 'DELETING') {
    throw clientError(
      `job queue '${queue.name}' is ${queue.status === 'DELETING' ? 'DELETING' : 'DISABLED'} and takes no jobs`,
    );
  }
  const [environment] = queue.environments;
  const platform = platformOf(environment);
  if (!definition.platforms.includes(platform)) {
    throw clientError(
      `job definition '${definition.name}:${definition.revision}' is for ${definition.platforms.join(', ')}, ` +
        `job queue '${queue.name}' has ${platform} compute environments`,
    );
  }
};

const readSize = (reader: Reader): number | undefined => {
  const size = reader.optionalRecord('arrayProperties')?.optionalNumber('size');
  return size === undefined ? undefined : checkRange('arrayProperties.size', size, 2, 10_000);
};

/** The reason why AWS takes such a job and fails it then. */
const findFlaw = (overrides: Reader | undefined, tagCount: number): string | undefined => {
  if (overrides !== undefined && JSON.stringify(overrides.values).length > MAX_OVERRIDES) {
    return `Container Overrides length must be at most ${MAX_OVERRIDES}`;
  }
  return tagCount > MAX_TAGS ? `a job and its definition have at most ${MAX_TAGS} tags together` : undefined;
};

const readContainer = (
  base: Container,
  overrides: Reader | undefined,
  parameters: Readonly<Record<string, string>>,
): Container => {
  const merged = overrides === undefined ? base : applyOverrides(base, overrides);
  const container = { ...merged, command: substitute(merged.command, parameters) };
  return { ...container, described: describeContainer(container) };
};

/** A job that was accepted, and those of it that cannot run because of what they depend on. */
export interface Submitted {
  readonly job: Job;
  readonly doomed: readonly Job[];
}

/** Checks a submission as AWS does, and records it. */
export const submit = (state: BatchState, input: Input): Submitted => {
  const reader = readInput(input);
  checkRequest(reader, input);
  const jobName = checkName('job name', reader.text('jobName'));
  const queue = findQueue(state, reader.text('jobQueue'));
  const definition = findDefinition(state, reader.text('jobDefinition'));
  checkPlace(queue, definition);
  const size = readSize(reader);
  const dependencies = readDependencies(state, reader, size);
  const parameters = { ...definition.parameters, ...reader.textMap('parameters') };
  const overrides = reader.optionalRecord('containerOverrides');
  const container = readContainer(definition.container, overrides, parameters);
  checkSize(container, [platformOf(queue.environments[0])]);
  const tags = readTags(reader);
  const propagateTags = reader.has('propagateTags')
    ? reader.flag('propagateTags')
    : (definition.propagateTags ?? false);
  const allTags = propagateTags ? { ...definition.tags, ...tags } : tags;

  const job = createJob(
    state,
    {
      jobName,
      queue,
      definition,
      container,
      needs: needsOf(container),
      parameters,
      retryStrategy: readRetryStrategy(reader) ?? definition.retryStrategy ?? { attempts: 1, evaluateOnExit: [] },
      timeout: readTimeout(reader) ?? definition.timeout,
      dependsOn: dependencies.described,
      propagateTags,
      flaw: findFlaw(overrides, Object.keys(allTags).length),
    },
    size,
    dependencies,
    tags,
  );
  return { job, doomed: link(job, dependencies) };
};
