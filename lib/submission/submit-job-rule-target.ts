import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IBatchJob } from '../job/batch-job-interface';
import { allowEvents } from '../private/key-policy';
import { serviceRole } from '../private/service-role';
import { deliveryOf, grantSubmission, scopeIn } from './delivery';
import type { DeliveryOptions } from './delivery-options';
import { type EventSubmission, eventSubmission } from './event-submission';
import type { EventSubmissionOptions } from './event-submission-options';
import { toPascalCase } from './pascal-case';

/**
 * How a rule submits a job. Texts of `parameters`, `command` and `environment` may be parts of the event, such as
 * `events.EventField.fromPath('$.detail.object.key')`.
 */
export interface SubmitJobRuleTargetProps extends EventSubmissionOptions, DeliveryOptions {}

/**
 * Target of an EventBridge rule that submits a job: `rule.addTarget(new SubmitJobRuleTarget(job))`.
 *
 * Resources in the scope of the rule: a role that may submit this job, any revision of it, to this queue, and a
 * dead-letter queue for events that could not be delivered. EventBridge delivers an event at least once, rarely twice:
 * jobs should bear that.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/batch-cwe-target.html
 */
export class SubmitJobRuleTarget implements events.IRuleTarget {
  public constructor(
    private readonly job: IBatchJob,
    private readonly props: SubmitJobRuleTargetProps = {},
  ) {}

  /** Called by the rule. */
  public bind(rule: events.IRuleRef, id?: string): events.RuleTargetConfig {
    const { job, props } = this;
    const queue = props.queue ?? job.queue;
    const scope = scopeIn(rule, `SubmitJob${id ?? ''}`);
    const submission = eventSubmission(scope, job, props, 'a rule');
    const role = props.role ?? serviceRole(scope, 'Role', 'events', 'rule');
    grantSubmission(role, job, props.queue);
    const { deadLetterQueue, retryPolicy } = deliveryOf(scope, 'DeadLetters', props, queue.encryptionKey);
    const { encryptionMasterKey } = deadLetterQueue;
    if (encryptionMasterKey !== undefined) allowEvents(scope, encryptionMasterKey);
    deadLetterQueue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [deadLetterQueue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleRef.ruleArn } },
      }),
    );
    const { jobQueue, jobDefinition, jobName, arrayProperties, retryStrategy } = submission;
    return {
      arn: jobQueue,
      role,
      batchParameters: { jobDefinition, jobName, arrayProperties, retryStrategy },
      input: inputOf(submission),
      deadLetterConfig: { arn: deadLetterQueue.queueArn },
      retryPolicy,
      targetResource: queue,
    };
  }
}

/** EventBridge takes the rest of the submission from the input of the target, its names in Pascal case. */
function inputOf({ parameters, containerOverrides }: EventSubmission): events.RuleTargetInput | undefined {
  if (parameters === undefined && containerOverrides === undefined) return undefined;
  return events.RuleTargetInput.fromObject({
    Parameters: parameters,
    ContainerOverrides: toPascalCase(containerOverrides),
  });
}
