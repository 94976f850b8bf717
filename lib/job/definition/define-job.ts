import { Duration } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../../compute/compute-environment';
import { MIN_TIMEOUT_SECONDS, SCHEDULING_PRIORITY } from '../../contracts/rules/job';
import { PRIVILEGED_REASONS } from '../../contracts/template-metadata';
import { checkRange, fail } from '../../private/check';
import { ownTags } from '../../private/own-tags';
import { renderConsumables } from './consumable-requirements';
import { checkDefinitionName } from './definition-name';
import { checkFit } from '../fit/check-fit';
import type { JobBase } from './job-base';
import { checkTags } from './job-tags';
import { warnOfUnreachableImages } from './image-reach';
import { validateDefinitionSize } from './job-definition-size';
import type { JobProps } from '../job-props';
import { JobRetry } from '../retry/job-retry';

/** What runs in a job: the part of its definition that is not common to all kinds. @internal */
export type JobKind = Pick<
  batch.CfnJobDefinitionProps,
  'type' | 'platformCapabilities' | 'containerProperties' | 'ecsProperties' | 'nodeProperties' | 'eksProperties'
>;

/** How long one attempt may run. @internal */
export const attemptTimeoutOf = (props: JobProps): Duration => props.timeout ?? Duration.hours(1);

/** Defines the job definition of a job: what all kinds have in common, and `kind`. @internal */
export function defineJob(job: JobBase, props: JobProps, kind: JobKind): batch.CfnJobDefinition {
  const timeout = attemptTimeoutOf(props);
  checkTimeout(job, timeout);
  checkDefinitionName(job, props.jobDefinitionName);
  checkTags(job, props.tags, props.submissionTags);
  checkFit(job, job.demands, props.queue);
  warnOfUnreachableImages(job, kind, props.queue);
  checkRange(job, 'schedulingPriority', props.schedulingPriority, ...SCHEDULING_PRIORITY, {
    check: 'job-scheduling-priority',
  });
  const { platformCapability, schedulingPolicy } = props.queue;

  const definition: batch.CfnJobDefinitionProps = {
    ...kind,
    jobDefinitionName: props.jobDefinitionName,
    // ECS tasks only: AWS Batch refuses it for pods.
    propagateTags: platformCapability === PlatformCapability.EKS ? undefined : true,
    parameters: props.parameters,
    schedulingPriority: props.schedulingPriority ?? (schedulingPolicy === undefined ? undefined : 0),
    timeout: { attemptDurationSeconds: timeout.toSeconds() },
    retryStrategy: (props.retry ?? JobRetry.of())._render(job, platformCapability),
    consumableResourceProperties: renderConsumables(job, props.consumableResources),
    // Jobs that are on their way name a revision: it has to stay.
    resourceRetentionPolicy: { skipDeregisterOnUpdate: true },
  };
  const resource = new batch.CfnJobDefinition(job, 'Resource', definition);
  ownTags(resource, props.tags);
  const reasons = job.node.metadata.filter(({ type }) => type === PRIVILEGED_REASONS);
  if (reasons.length > 0)
    resource.addMetadata(
      PRIVILEGED_REASONS,
      reasons.map(({ data }): unknown => data),
    );
  job.node.addValidation({ validate: () => validateDefinitionSize(job, definition) });
  return resource;
}

function checkTimeout(scope: IConstruct, timeout: Duration): void {
  if (timeout.isUnresolved()) return;
  const seconds = timeout.toSeconds({ integral: false });
  if (seconds >= MIN_TIMEOUT_SECONDS && Number.isInteger(seconds)) return;
  const got = timeout.toHumanString();
  throw fail(scope, `'timeout' must be whole seconds, at least ${MIN_TIMEOUT_SECONDS}, got ${got}`, 'job-timeout');
}
