import { CfnParameter, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import {
  CapacityLimit,
  QuotaShare,
  ResourceSharing,
  TrainingJobQueue,
  type ITrainingJobQueue,
  type QuotaShareProps,
} from '../../lib';
import { newStack, templateOf } from '../support/stack';
import { fifoQueue, instanceType, sharedQueue } from './training-stack';

const TYPE = 'AWS::Batch::QuotaShare';
const twoP5 = CapacityLimit.instancesOf(instanceType('p5.48xlarge'), 2);
const shareOf = (queue: ITrainingJobQueue, props: Partial<QuotaShareProps> = {}) =>
  new QuotaShare(Stack.of(queue), 'vision', { queue, capacityLimits: [twoP5], ...props });

describe('a quota share', () => {
  test('gives a team capacity of its own, and lends and borrows what is idle', () => {
    const template = templateOf((stack) => {
      expect(shareOf(sharedQueue(stack)).quotaShareName).toBe('vision');
    });
    template.hasResourceProperties(TYPE, {
      QuotaShareName: 'vision',
      JobQueue: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Queue'), 'JobQueueArn'] },
      CapacityLimits: [{ MaxCapacity: 2, CapacityUnit: 'ml.p5.48xlarge' }],
      ResourceSharingConfiguration: Match.objectEquals({ Strategy: 'LEND_AND_BORROW' }),
      PreemptionConfiguration: { InSharePreemption: 'DISABLED' },
      State: 'ENABLED',
      Tags: Match.absent(),
    });
  });

  test.each([
    ['keep it', ResourceSharing.reserve(), { Strategy: 'RESERVE' }],
    ['lend it only', ResourceSharing.lend(), { Strategy: 'LEND' }],
    [
      'borrow a limited part',
      ResourceSharing.lendAndBorrow({ borrowLimit: 200 }),
      { Strategy: 'LEND_AND_BORROW', BorrowLimit: 200 },
    ],
  ])('may %s', (_, sharing, rendered) => {
    const template = templateOf((stack) => shareOf(sharedQueue(stack), { sharing }));
    template.hasResourceProperties(TYPE, { ResourceSharingConfiguration: Match.objectEquals(rendered) });
  });

  test('can be closed, named and tagged, and prefer jobs of higher priority', () => {
    const template = templateOf((stack) => {
      Tags.of(stack).add('commit', '1a2b3c');
      const props = {
        enabled: false,
        quotaShareName: 'team-vision',
        tags: { team: 'vision' },
        inSharePreemption: true,
      };
      shareOf(sharedQueue(stack), props);
    });
    template.hasResourceProperties(TYPE, {
      State: 'DISABLED',
      QuotaShareName: 'team-vision',
      Tags: { team: 'vision', commit: '1a2b3c' },
      PreemptionConfiguration: { InSharePreemption: 'ENABLED' },
    });
  });

  test('may be one of a queue that is defined elsewhere, or be defined there itself', () => {
    const stack = newStack();
    const arn = 'arn:aws:batch:us-east-1:123456789012:job-queue/training';
    shareOf(TrainingJobQueue.fromTrainingJobQueueArn(stack, 'Queue', arn));
    Template.fromStack(stack).hasResourceProperties(TYPE, { JobQueue: arn });
    const quotaShareArn = `${arn}/quota-share/speech`;
    const imported = QuotaShare.fromQuotaShareArn(stack, 'Speech', quotaShareArn);
    expect(imported.quotaShareRef).toEqual({ quotaShareArn });
  });
});

describe('checks', () => {
  test('refuses a queue without quota shares: queue-quota-share-policy', () => {
    expect(() => shareOf(fifoQueue(newStack()))).toThrow(
      `'schedulingPolicy' of queue Queue must be a QuotaShareSchedulingPolicy, got none: give it one (in Stack/vision) [cdk-batch-platform:queue-quota-share-policy]`,
    );
  });

  test('refuses a limit for any instance type: queue-capacity-unit', () => {
    const capacityLimits = [CapacityLimit.instances(2)];
    expect(() => shareOf(sharedQueue(newStack()), { capacityLimits })).toThrow('got one for NUM_INSTANCES');
  });

  test('refuses no limits: queue-capacity-limits', () => {
    expect(() => shareOf(sharedQueue(newStack()), { capacityLimits: [] })).toThrow('must hold 1 to 5 limits, got 0');
  });

  test('refuses instance types that the service environment has not: queue-quota-share-type', () => {
    const capacityLimits = [twoP5, CapacityLimit.instancesOf(instanceType('trn1.2xlarge'), 1)];
    expect(() => shareOf(sharedQueue(newStack()), { capacityLimits })).toThrow(
      `got ml.trn1.2xlarge where it has ml.p5.48xlarge, ml.g6.xlarge: add the type there (in Stack/vision) [cdk-batch-platform:queue-quota-share-type]`,
    );
  });

  test.each([-1, 0.5])('refuses to borrow %d percent: queue-borrow-limit', (borrowLimit) => {
    const sharing = ResourceSharing.lendAndBorrow({ borrowLimit });
    expect(() => shareOf(sharedQueue(newStack()), { sharing })).toThrow(
      `'borrowLimit' must be a whole number of percent from 0 to`,
    );
  });

  test('refuses a name that the service refuses: queue-name', () => {
    const props = { quotaShareName: 'team vision' };
    expect(() => shareOf(sharedQueue(newStack()), props)).toThrow(`'quotaShareName' must be 1 to 128 letters`);
  });

  test('values that are known at deploy time pass', () => {
    const template = templateOf((stack) => {
      const text = new CfnParameter(stack, 'Text').valueAsString;
      const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
      shareOf(sharedQueue(stack), {
        quotaShareName: text,
        capacityLimits: [CapacityLimit.instancesOf(instanceType(text), number)],
        sharing: ResourceSharing.lendAndBorrow({ borrowLimit: number }),
      });
    });
    template.hasResourceProperties(TYPE, {
      QuotaShareName: { Ref: 'Text' },
      CapacityLimits: [{ MaxCapacity: { Ref: 'Number' }, CapacityUnit: { Ref: 'Text' } }],
      ResourceSharingConfiguration: { BorrowLimit: { Ref: 'Number' } },
    });
  });
});
