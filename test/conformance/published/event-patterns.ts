import { TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { expect } from 'vitest';
import { table } from '../kit/table';

// Patterns and events of the AWS Batch User Guide, "AWS Batch event stream for Amazon EventBridge".
const EVENTS = 'batch/latest/userguide/batch_cwe_events.html';
const FAILED = 'batch/latest/userguide/batch_sns_tutorial.html';

const event = (detailType: string, detail: object) => ({
  ...{ version: '0', id: 'c8f9c4b5', 'detail-type': detailType, source: 'aws.batch', account: '123456789012' },
  ...{ time: '2022-01-11T23:36:40Z', region: 'us-east-1' },
  resources: ['arn:aws:batch:us-east-1:123456789012:job/4c7599ae'],
  detail,
});

const changed = (status: string, attempts = 1) =>
  event('Batch Job State Change', {
    jobName: 'event-test',
    jobId: '4c7599ae',
    status,
    attempts: Array.from({ length: attempts }, () => ({})),
  });

export const eventPatterns = table('Published examples', 'Event patterns', [
  {
    behaviour: 'the pattern for failed jobs matches a failed job, and no other',
    source: FAILED,
    test: async ({ clients: { events } }) => {
      const EventPattern = JSON.stringify({
        'detail-type': ['Batch Job State Change'],
        source: ['aws.batch'],
        detail: { status: ['FAILED'] },
      });
      const verdict = async (status: string) =>
        (await events.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(changed(status)) })))
          .Result;
      expect([await verdict('FAILED'), await verdict('RUNNABLE'), await verdict('SUCCEEDED')]).toEqual([
        true,
        false,
        false,
      ]);
    },
  },
  {
    behaviour: 'the pattern for blocked job queues matches that event, and no change of a job',
    source: EVENTS,
    test: async ({ clients: { events } }) => {
      const EventPattern = JSON.stringify({ 'detail-type': ['Batch Job Queue Blocked'], source: ['aws.batch'] });
      const reason =
        'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity requested for instance type';
      const blocked = event('Batch Job Queue Blocked', { status: 'RUNNABLE', statusReason: reason });
      const verdict = async (one: object) =>
        (await events.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(one) }))).Result;
      expect([await verdict(blocked), await verdict(changed('RUNNABLE'))]).toEqual([true, false]);
    },
  },
]);
