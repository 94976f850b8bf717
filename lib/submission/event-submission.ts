import type { IConstruct } from 'constructs';
import { MAX_ARRAY_SIZE, MIN_ARRAY_SIZE } from '../contracts/items';
import type { IBatchJob } from '../job/batch-job-interface';
import { checkVariableName } from '../job/container/job-environment';
import { checkRange, fail } from '../private/check';
import { resourceRequirements, type ResourceRequirement } from './container-size';
import type { EventSubmissionOptions } from './event-submission-options';
import { shapeOf } from './job-shape';
import { checkQueue } from './queue-check';
import { checkNeedsNoShare } from './share';
import { checkedJobName, jobNameStart } from './submission-request';
import { warnOfTags } from './submission-tags';

/** A submission as rules and pipes describe it. @internal */
export interface EventSubmission {
  readonly jobQueue: string;
  readonly jobDefinition: string;
  readonly jobName: string;
  readonly arrayProperties?: { readonly size: number };
  readonly retryStrategy?: { readonly attempts: number };
  readonly parameters?: Record<string, string>;
  readonly containerOverrides?: EventContainerOverrides;
}

/** What the only container gets. @internal */
export interface EventContainerOverrides {
  readonly command?: string[];
  readonly environment?: { readonly name: string; readonly value: string }[];
  readonly resourceRequirements?: ResourceRequirement[];
}

/** Describes and checks what `who`, such as 'a rule', submits. @internal */
export function eventSubmission(
  scope: IConstruct,
  job: IBatchJob,
  options: EventSubmissionOptions,
  who: string,
): EventSubmission {
  const { queue = job.queue, jobName, arraySize, attempts, parameters, size } = options;
  checkQueue(scope, job, queue, size);
  checkNeedsNoShare(scope, queue, who);
  warnOfTags(scope, job, who);
  checkRange(scope, 'arraySize', arraySize, MIN_ARRAY_SIZE, MAX_ARRAY_SIZE, { check: 'pipeline-array-size' });
  checkRange(scope, 'attempts', attempts, 1, 10, { check: 'job-retry-attempts' });
  return {
    jobQueue: queue.jobQueueArn,
    jobDefinition: job.jobDefinitionName,
    jobName: jobName === undefined ? jobNameStart(job.node.id).replace(/-+$/, '') : checkedJobName(scope, jobName),
    arrayProperties: arraySize === undefined ? undefined : { size: arraySize },
    retryStrategy: attempts === undefined ? undefined : { attempts },
    parameters,
    containerOverrides: containerOverrides(scope, job, options, who),
  };
}

function containerOverrides(
  scope: IConstruct,
  job: IBatchJob,
  { command, environment, size }: EventSubmissionOptions,
  who: string,
): EventContainerOverrides | undefined {
  if (command === undefined && environment === undefined && size === undefined) return undefined;
  const { groups, isMultiNode } = shapeOf(job);
  if (isMultiNode || groups[0].place !== 'container') {
    throw fail(
      scope,
      `'command', 'environment' and 'size' are for jobs of one container on EC2 or Fargate, as ${who} cannot override ` +
        `more: use 'parameters', a SubmitJobScheduleTarget or a state machine with a SubmitJobTask`,
      'pipeline-overrides',
    );
  }
  for (const name of Object.keys(environment ?? {})) checkVariableName(scope, name);
  return {
    command,
    environment: environment && Object.entries(environment).map(([name, value]) => ({ name, value })),
    resourceRequirements: size && resourceRequirements(size),
  };
}
