import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { IBatchJob } from '../job/batch-job-interface';
import { anyJobArn, anyRevisionArns } from '../job/definition/job-definition-arn';
import { acknowledge } from '../private/acknowledge';
import { grantActions } from '../private/grant-actions';
import { grantSendKey } from '../private/send-key';
import type { ArraySize } from './array-size';
import { deliveryOf, grantSubmission, scopeIn } from './delivery';
import type { DeliveryOptions } from './delivery-options';
import { renderArraySize } from './dependencies';
import { validateOverrides } from './overrides-length';
import type { SubmissionOptions } from './submission-options';
import { checkedJobName, jobNameStart, submissionRequest } from './submission-request';
import { tagsOf } from './submission-tags';

/** How a schedule submits a job: everything that SubmitJob takes. */
export interface SubmitJobScheduleTargetProps extends SubmissionOptions, DeliveryOptions {
  /**
   * Name of the job: up to 128 letters, digits, hyphens and underscores, starting with a letter or digit.
   *
   * @default - the id of the job and that of the invocation, different each time
   */
  readonly jobName?: string;

  /**
   * Number of children, which makes the job an array job.
   *
   * @default - a job without children
   */
  readonly arraySize?: ArraySize;
}

/**
 * Target of an EventBridge Scheduler schedule that submits a job: a nightly job in any time zone, with share identifier,
 * time-out, tags and overrides.
 *
 * Resources in the scope of the schedule: a role that may submit this job, any revision of it, to this queue, and a
 * dead-letter queue. EventBridge Scheduler calls SubmitJob at least once, rarely twice: jobs should bear that.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
export class SubmitJobScheduleTarget implements scheduler.IScheduleTarget {
  public constructor(
    private readonly job: IBatchJob,
    private readonly props: SubmitJobScheduleTargetProps = {},
  ) {}

  /** Called by the schedule. */
  public bind(schedule: scheduler.ISchedule): scheduler.ScheduleTargetConfig {
    const { job, props } = this;
    const scope = scopeIn(schedule, 'SubmitJob');
    const stack = Stack.of(scope);
    const request = {
      JobName: jobNameOf(scope, job, props.jobName),
      ArrayProperties: props.arraySize && { Size: renderArraySize(scope, props.arraySize) },
      ...submissionRequest(scope, { ...props, job }),
    };
    scope.node.addValidation({ validate: () => validateOverrides(scope, request) });
    const role = props.role ?? scheduleRole(scope, schedule);
    grantSubmission(role, job, props.queue);
    if (tagsOf(job, props.tags) !== undefined) {
      const resourceArns = [anyJobArn(scope), ...anyRevisionArns(job)];
      grantActions(role, ['batch:TagResource'], resourceArns);
    }
    const key = (props.queue ?? job.queue).encryptionKey;
    const { deadLetterQueue, retryPolicy } = deliveryOf(scope, 'DeadLetters', props, key);
    deadLetterQueue.grant(role, 'sqs:SendMessage');
    grantSendKey(role, deadLetterQueue.encryptionMasterKey);
    return {
      arn: `arn:${stack.partition}:scheduler:::aws-sdk:batch:submitJob`,
      role,
      input: scheduler.ScheduleTargetInput.fromText(stack.toJsonString(request)),
      deadLetterConfig: { arn: deadLetterQueue.queueArn },
      retryPolicy,
    };
  }
}

function jobNameOf(scope: Construct, job: IBatchJob, jobName?: string): string {
  if (jobName !== undefined) return checkedJobName(scope, jobName);
  return `${jobNameStart(job.node.id)}${scheduler.ContextAttribute.executionId}`;
}

/** A role that EventBridge Scheduler may take on for schedules of one group, as the service names no schedule. */
function scheduleRole(scope: Construct, { scheduleGroup }: scheduler.ISchedule): iam.Role {
  const stack = Stack.of(scope);
  const group = stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: 'default' });
  const role = new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': scheduleGroup?.scheduleGroupArn ?? group },
      },
    }),
  });
  acknowledge(role, 'inline-policy');
  return role;
}
