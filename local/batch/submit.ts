import { notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import type { Input } from '../core/service';
import type { Runner } from '../core/world';
import { allowOnly, checkName, checkRange, clientError, readInput } from './checks';
import { type Container, needsOf } from './container';
import { checkSize } from './container-properties';
import { link, readDependencies } from './dependencies';
import { createArguments } from './engine/create-arguments';
import { readShare } from './fair-share';
import { findHoldings, readConsumables } from './holdings';
import type { Job } from './job';
import type { JobDefinition } from './job-definition';
import { readTimeout } from './job-definitions';
import type { JobQueue } from './job-queue';
import { createJob, type JobIdentity } from './new-jobs';
import { containersOf, OVERRIDE_NAMES, readOverrides } from './overrides';
import { readRetryStrategy } from './retry';
import { findDefinition, findQueue, type BatchState } from './state';
import { readTags } from './tags';

const MAX_BYTES = 30 * 1024;
const MAX_OVERRIDES = 8192;
const MAX_TAGS = 50;
const CONSUMABLES = 'consumableResourcePropertiesOverride';
const PROPERTIES = [
  ...['jobName', 'jobQueue', 'jobDefinition', 'arrayProperties', 'dependsOn', 'parameters', 'retryStrategy', 'timeout'],
  ...['tags', 'propagateTags', 'shareIdentifier', 'schedulingPriorityOverride', CONSUMABLES, ...OVERRIDE_NAMES],
];

/** A job that was submitted goes on whatever became of its job definition. */
const ANY_STATUS = ['ACTIVE', 'INACTIVE'] as const;

const checkRequest = (reader: Reader, input: Input): void => {
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > MAX_BYTES) {
    throw clientError(`Job size must be less than 30 KiB, got ${Math.ceil(bytes / 1024)} KiB: pass data by reference`);
  }
  allowOnly(reader, 'SubmitJob', PROPERTIES);
};

/** What this machine does not run, by name. */
const checkKind = ({ kind }: JobDefinition): void => {
  if (kind === 'eksProperties') throw notSupported('running jobs on Amazon EKS', 'their definitions are kept');
};

const checkPlace = (queue: JobQueue, definition: JobDefinition): void => {
  if (queue.state === 'DISABLED' || queue.status === 'DELETING') {
    throw clientError(
      `job queue '${queue.name}' is ${queue.status === 'DELETING' ? 'DELETING' : 'DISABLED'} and takes no jobs`,
    );
  }
  const platform = queue.environments.at(0)?.platform;
  if (platform === undefined) {
    throw clientError(`job queue '${queue.name}' is for training jobs of SageMaker: use SubmitServiceJob`);
  }
  if (!definition.platforms.includes(platform)) {
    throw clientError(
      `job definition '${definition.name}:${definition.revision}' is for ${definition.platforms.join(', ')}, ` +
        `job queue '${queue.name}' has ${platform} compute environments`,
    );
  }
};

/** What an engine cannot do is refused before a job waits for it. */
const checkRunner = (runner: Runner, containers: readonly Container[]): void => {
  if (runner === 'process') return;
  const plan = { taskId: '', isFargate: false, environment: {}, gpus: [], label: '' };
  for (const container of containers) createArguments(runner, { ...plan, container });
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

/** A job that was accepted, and those of it that cannot run because of what they depend on. */
export interface Submitted {
  readonly job: Job;
  readonly doomed: readonly Job[];
}

/** Checks a submission as AWS does, and records it; or brings a job back that was submitted before a restart. */
export const submit = (state: BatchState, input: Input, kept?: JobIdentity): Submitted => {
  const reader = readInput(input);
  checkRequest(reader, input);
  const jobName = checkName('job name', reader.text('jobName'));
  const queue = findQueue(state, reader.text('jobQueue'));
  const definition = findDefinition(state, reader.text('jobDefinition'), kept === undefined ? ['ACTIVE'] : ANY_STATUS);
  checkKind(definition);
  if (kept === undefined) checkPlace(queue, definition);
  const share = readShare(reader, queue, definition);
  const size = readSize(reader);
  if (size !== undefined && definition.nodes !== undefined)
    throw clientError('a multi-node job cannot be an array job');
  const dependencies = readDependencies(state, reader, size, kept !== undefined);
  const parameters = { ...definition.parameters, ...reader.textMap('parameters') };
  const overrides = readOverrides(reader, definition);
  const containers = containersOf(definition, overrides, parameters);
  checkSize(containers, [queue.environments[0].platform]);
  checkRunner(state.world.runner, containers);
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
      containers,
      share,
      holdings: findHoldings(state, readConsumables(reader, CONSUMABLES) ?? definition.consumables),
      needs: needsOf(containers),
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
    kept,
  );
  return { job, doomed: link(job, dependencies) };
};
