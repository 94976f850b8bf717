import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { test } from 'vitest';
import {
  BatchPipeline,
  DataBucket,
  PipelineStep,
  PipelineTrigger,
  PlatformCapability,
  SubmitJobRuleTarget,
  type SubmitJobRuleTargetProps,
} from '../../lib';
import { ONE_CONTAINER, PlainJob } from '../support/plain-job';
import { PlainQueue } from '../support/queues';
import { newStack } from '../support/stack';

/** Events that could not be delivered, in a queue that is encrypted with this key. */
const DEAD_LETTERS: readonly (readonly [string, (stack: Stack, key: kms.Key) => void])[] = [
  [
    'a pipeline with a topic that is defined elsewhere',
    (stack, encryptionKey) =>
      new BatchPipeline(stack, 'Pipeline', {
        trigger: PipelineTrigger.objectCreated(new DataBucket(stack, 'Data', { encryptionKey }), { prefix: 'in/' }),
        steps: [PipelineStep.array(jobOf(stack))],
        topic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:topic'),
      }),
  ],
  [
    'a rule that submits a job',
    (stack, key) => {
      addTarget(stack, jobOf(stack, key));
    },
  ],
  [
    'a rule with a dead-letter queue of its own',
    (stack, encryptionMasterKey) => {
      const deadLetterQueue = new sqs.Queue(stack, 'Lost', { encryptionMasterKey });
      addTarget(stack, jobOf(stack), { deadLetterQueue });
    },
  ],
];

const jobOf = (stack: Stack, key?: kms.IKey): PlainJob =>
  new PlainJob(stack, 'Job', new PlainQueue(stack, 'Queue', PlatformCapability.EC2, key), ONE_CONTAINER);

function addTarget(stack: Stack, job: PlainJob, props?: SubmitJobRuleTargetProps): void {
  const targets = [new SubmitJobRuleTarget(job, props)];
  new events.Rule(stack, 'Rule', { eventPattern: { source: ['shop'] }, targets });
}

test.each(DEAD_LETTERS)('EventBridge may use the key of the dead letters of %s', (_, define) => {
  const stack = newStack();
  const key = new kms.Key(stack, 'Key');
  define(stack, key);
  Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'Events' })]) },
  });
});
