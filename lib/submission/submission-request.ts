import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../compute/compute-environment';
import type { IBatchJob } from '../job/batch-job-interface';
import { checkRange, fail } from '../private/check';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { GeneralOverride } from './container-overrides';
import { shapeOf } from './job-shape';
import { isExpression } from './jsonata';
import { renderConsumables, renderOverrides } from './overrides';
import { toPascalCase } from './pascal-case';
import { checkQueue } from './queue-check';
import { hasSchedulingPolicy, shareIdentifierOf } from './share';
import type { SubmissionOptions } from './submission-options';
import { checkedTags } from './submission-tags';

const JOB_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** Shortest time that an attempt can be given (https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html). */
const MIN_ATTEMPT_SECONDS = 60;

/** Which job is submitted, and how. @internal */
export interface Submission extends SubmissionOptions, GeneralOverride {
  readonly job: IBatchJob;
}

/** The call of SubmitJob as state machines and schedules write it, but for the name of the job. @internal */
export function submissionRequest(scope: IConstruct, submission: Submission): Record<string, unknown> {
  const { job, retry, attemptTimeout } = submission;
  const queue = submission.queue ?? job.queue;
  checkQueue(scope, job, queue, submission.size);
  checkRange(scope, 'schedulingPriority', submission.schedulingPriority, 0, 9999, { check: 'job-scheduling-priority' });
  if (attemptTimeout?.isUnresolved() === false) {
    const seconds = attemptTimeout.toSeconds({ integral: false });
    checkRange(scope, 'attemptTimeout', seconds, MIN_ATTEMPT_SECONDS, Number.MAX_SAFE_INTEGER, {
      unit: 'seconds',
      check: 'job-timeout',
    });
  }
  const tags = checkedTags(scope, job, submission.tags);
  return {
    JobDefinition: job.jobDefinitionName,
    JobQueue: queue.jobQueueArn,
    Parameters: submission.parameters,
    ...renderOverrides(scope, shapeOf(job), submission),
    ShareIdentifier: shareIdentifierOf(scope, job, queue, submission.shareIdentifier),
    SchedulingPriorityOverride: submission.schedulingPriority ?? defaultPriority(job, queue),
    RetryStrategy: retry && toPascalCase(retry._render(scope, queue.platformCapability)),
    Timeout: attemptTimeout && { AttemptDurationSeconds: attemptTimeout.toSeconds() },
    ConsumableResourcePropertiesOverride: renderConsumables(scope, submission.consumableResources),
    Tags: tags,
    PropagateTags: submission.propagateTags ?? defaultPropagation(queue, tags),
  };
}

/** Rejects a name that AWS Batch does not take; expressions and deploy-time values pass. @internal */
export function checkedJobName(scope: IConstruct, name: string, or = ''): string {
  if (Token.isUnresolved(name) || isExpression(name) || JOB_NAME.test(name)) return name;
  throw fail(
    scope,
    `'jobName' must be ${or}up to 128 letters, digits, hyphens and underscores that start with a letter or digit, ` +
      `got ${JSON.stringify(name)}`,
    'pipeline-job-name',
  );
}

/** What a job name may begin with for the sake of readers, short enough for an id of 80 characters. @internal */
export function jobNameStart(name: string): string {
  const allowed = name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+/, '');
  return `${allowed.slice(0, 47) || 'job'}-`;
}

/** A queue with a scheduling policy wants a priority of each job; a definition made for another queue has none. */
function defaultPriority(job: IBatchJob, queue: IJobQueue): number | undefined {
  if (queue === job.queue || hasSchedulingPolicy(queue) !== true) return undefined;
  return hasSchedulingPolicy(job.queue) === true ? undefined : 0;
}

/** Tags go to ECS tasks only. */
function defaultPropagation(queue: IJobQueue, tags?: Record<string, string>): true | undefined {
  return tags !== undefined && queue.platformCapability !== PlatformCapability.EKS ? true : undefined;
}
