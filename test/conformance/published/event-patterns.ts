import { TerminateJobCommand } from '@aws-sdk/client-batch';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { containerOf, definitionOf, ended, placeOf, reaches, submitTo } from '../kit/jobs';
import { openTo, queueFor } from '../kit/queues';
import { deployed } from '../kit/stacks';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

// Patterns and events of the AWS Batch User Guide, "AWS Batch event stream for Amazon EventBridge".
const EVENTS = 'batch/latest/userguide/batch_cwe_events.html';
const FAILED = 'batch/latest/userguide/batch_sns_tutorial.html';

/** A queue, and a rule that brings it what a pattern matches, deployed as a stack. */
const heardBy = async (target: Target, EventPattern: object) => {
  const queue = await queueFor(target);
  await deployed(target, {
    Rule: { Type: 'AWS::Events::Rule', Properties: { EventPattern, Targets: [{ Id: 'queue', Arn: queue.arn }] } },
  });
  const Policy = openTo('events.amazonaws.com', queue.arn);
  await target.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { Policy } }));
  return queue;
};

export const eventPatterns = table('Published examples', 'Event patterns', [
  {
    behaviour: 'the pattern for failed jobs matches a failed job, and no other',
    source: FAILED,
    test: async (target) => {
      const { next, receive } = await heardBy(target, {
        'detail-type': ['Batch Job State Change'],
        source: ['aws.batch'],
        detail: { status: ['FAILED'] },
      });
      const queue = await placeOf(target);
      await ended(target, await submitTo(target, queue, await definitionOf(target, 'true')));
      const jobId = await submitTo(target, queue, await definitionOf(target, 'exit 1'));
      const failure: unknown = JSON.parse((await next()).Body ?? '');
      expect(failure).toMatchObject({ source: 'aws.batch', detail: { jobId, status: 'FAILED' } });
      expect(await receive()).toEqual([]);
    },
  },
  {
    behaviour: 'the pattern for blocked job queues matches that event, and no change of a job',
    source: EVENTS,
    local: async (target) => {
      const { receive } = await heardBy(target, {
        'detail-type': ['Batch Job Queue Blocked'],
        source: ['aws.batch'],
      });
      const queue = await placeOf(target);
      await ended(target, await submitTo(target, queue, await definitionOf(target, 'true')));
      const containerProperties = {
        ...containerOf('true'),
        resourceRequirements: [{ type: 'VCPU', value: '8' } as const, { type: 'MEMORY', value: '64' } as const],
      };
      const jobId = await submitTo(target, queue, await definitionOf(target, 'true', { containerProperties }));
      await reaches(target, jobId, 'RUNNABLE');
      const event = await target.eventually(async () => {
        await target.endpoint.world.clock.advance(60_000);
        const [message] = await receive();
        const found: unknown = JSON.parse(message.Body ?? '');
        return found;
      });
      expect(event).toMatchObject({ 'detail-type': 'Batch Job Queue Blocked', detail: { jobId, status: 'RUNNABLE' } });
      await target.clients.batch.send(new TerminateJobCommand({ jobId, reason: 'seen' }));
    },
  },
]);
