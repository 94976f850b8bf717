import { CfnParameter, Duration, Lazy, type Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import {
  FairShareSchedulingPolicy,
  FargateComputeEnvironment,
  JobQueue,
  PlatformCapability,
  type FairShare,
  type FairShareSchedulingPolicyProps,
} from '../../lib';
import { importedVpc, newStack, templateOf } from '../support/stack';

const POLICY = 'AWS::Batch::SchedulingPolicy';
const policyIn = (stack: Stack, props?: FairShareSchedulingPolicyProps) =>
  new FairShareSchedulingPolicy(stack, 'Policy', props);
const withShares = (...shares: FairShare[]) => policyIn(newStack(), { shares });

describe('a fair-share policy', () => {
  test('gives all shares the same by default', () => {
    const template = templateOf((stack) => policyIn(stack));
    template.hasResourceProperties(POLICY, {
      Name: Match.absent(),
      Tags: Match.absent(),
      FairsharePolicy: Match.objectEquals({ ShareDecaySeconds: 0, ComputeReservation: 0 }),
    });
  });

  test('weighs shares, remembers their use and keeps some compute free', () => {
    const template = templateOf((stack) => {
      Tags.of(stack).add('commit', '1a2b3c');
      policyIn(stack, {
        shares: [{ shareIdentifier: 'research', weightFactor: 0.5 }, { shareIdentifier: 'student*' }],
        shareDecay: Duration.days(7),
        computeReservation: 50,
        schedulingPolicyName: 'fair',
        tags: { team: 'research' },
      });
    });
    template.hasResourceProperties(POLICY, {
      Name: 'fair',
      Tags: Match.objectEquals({ team: 'research' }),
      FairsharePolicy: {
        ShareDistribution: [{ ShareIdentifier: 'research', WeightFactor: 0.5 }, { ShareIdentifier: 'student*' }],
        ShareDecaySeconds: 604_800,
        ComputeReservation: 50,
      },
    });
  });

  test('serves several queues', () => {
    const stack = newStack();
    const schedulingPolicy = policyIn(stack);
    const computeEnvironments = [new FargateComputeEnvironment(stack, 'Fargate', { vpc: importedVpc(stack) })];
    for (const id of ['Day', 'Night']) new JobQueue(stack, id, { computeEnvironments, schedulingPolicy });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Batch::JobQueue', 2);
    template.allResourcesProperties('AWS::Batch::JobQueue', {
      SchedulingPolicyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Policy'), 'Arn'] },
    });
  });

  test('may be defined elsewhere', () => {
    const stack = newStack();
    const arn = 'arn:aws:batch:us-east-1:123456789012:scheduling-policy/fair';
    const policy = FairShareSchedulingPolicy.fromFairShareSchedulingPolicyArn(stack, 'Policy', arn);
    expect(policy.schedulingPolicyRef).toEqual({ schedulingPolicyArn: arn });
    const queue = JobQueue.fromJobQueueAttributes(stack, 'Queue', {
      jobQueueArn: 'arn:aws:batch:us-east-1:123456789012:job-queue/q',
      platformCapability: PlatformCapability.EC2,
      schedulingPolicy: policy,
    });
    expect(queue.schedulingPolicy).toBe(policy);
  });

  test('warns of what a name costs, by the id queue-physical-name', () => {
    const stack = newStack();
    policyIn(stack, { schedulingPolicyName: 'fair' });
    const found = Annotations.fromStack(stack).findWarning('/Stack/Policy', Match.stringLikeRegexp('cannot replace'));
    expect(found.map(({ entry }) => entry.data)).toEqual([expect.stringContaining('queue-physical-name')]);
  });
});

describe('share identifiers', () => {
  test.each(['', '*', 'team.a', 'team a', 'a*b', 'a**', 'a'.repeat(256), 'é'])('refuses %j', (shareIdentifier) => {
    expect(() => withShares({ shareIdentifier })).toThrow(
      /'shareIdentifier' must be 1 to 255 letters, .* got ".*" \(in Stack\/Policy\) \[.*:queue-share-identifier\]/,
    );
  });

  test.each([
    ['twice the same', ['b', 'a', 'b'], `got 'b' and 'b'`],
    ['one inside of another', ['abc', 'x', 'ab*'], `got 'ab*' and 'abc'`],
    ['one that is the beginning of another', ['ab*', 'ab'], `got 'ab' and 'ab*'`],
    ['a beginning inside of another', ['a*', 'abc*'], `got 'a*' and 'abc*'`],
  ])('refuses %s: queue-share-collision', (_, identifiers, got) => {
    expect(() => withShares(...identifiers.map((shareIdentifier) => ({ shareIdentifier })))).toThrow(
      `'shares' must not contain each other, ${got}: leave one out, or let them begin differently (in Stack/Policy) [cdk-batch-platform:queue-share-collision]`,
    );
  });

  test.each([
    ['a beginning of another, without a star', ['ab', 'abc']],
    ['beginnings next to each other', ['ab*', 'ac*', 'a', 'b*']],
    ['capital and small letters', ['Ab*', 'abc']],
    ['of hyphens and underscores', ['a-b*', 'a_b', '-']],
    ['the longest', ['a'.repeat(255), `${'b'.repeat(255)}*`]],
  ])('may be %s', (_, identifiers) => {
    expect(() => withShares(...identifiers.map((shareIdentifier) => ({ shareIdentifier })))).not.toThrow();
  });

  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ shareIdentifier: `s${index}` }));

  test('refuses more of them than a queue serves: queue-share-count', () => {
    expect(() => withShares(...many(500))).not.toThrow();
    expect(() => withShares(...many(501))).toThrow(`'shares' must be at most 500, got 501: end an identifier with '*'`);
  });
});

describe('numbers', () => {
  test.each([0, 0.00009, 1000, -1, Number.NaN])('refuses weight factor %d: queue-share-weight', (weightFactor) => {
    expect(() => withShares({ shareIdentifier: 'a', weightFactor })).toThrow(
      `'weightFactor' of share 'a' must be from 0.0001 (most compute) to 999.9999 (least), got ${weightFactor} (in Stack/Policy) [cdk-batch-platform:queue-share-weight]`,
    );
  });

  test.each([0.0001, 999.9999])('takes weight factor %d', (weightFactor) => {
    const template = templateOf((stack) => policyIn(stack, { shares: [{ shareIdentifier: 'a', weightFactor }] }));
    template.hasResourceProperties(POLICY, {
      FairsharePolicy: { ShareDistribution: [{ ShareIdentifier: 'a', WeightFactor: weightFactor }] },
    });
  });

  test.each([Duration.seconds(604_801), Duration.millis(1500)])('refuses share decay %s', (shareDecay) => {
    expect(() => policyIn(newStack(), { shareDecay })).toThrow(
      /'shareDecay' must be whole seconds, at most 7 days, got .* \[cdk-batch-platform:queue-share-decay\]/,
    );
  });

  test.each([-1, 100, 0.5])('refuses compute reservation %d', (computeReservation) => {
    expect(() => policyIn(newStack(), { computeReservation })).toThrow(
      `'computeReservation' must be a whole number from 0 to 99, got ${computeReservation} (in Stack/Policy) [cdk-batch-platform:queue-compute-reservation]`,
    );
  });

  test('that are known at deploy time pass, as do identifiers and names', () => {
    const template = templateOf((stack) => {
      const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
      const text = Lazy.string({ produce: () => 'a.b' });
      policyIn(stack, {
        shares: [
          { shareIdentifier: text, weightFactor: number },
          { shareIdentifier: 'a*' },
          { shareIdentifier: `a${text}` },
          { shareIdentifier: 'b', weightFactor: number },
        ],
        shareDecay: Duration.seconds(number),
        computeReservation: number,
        schedulingPolicyName: text,
      });
    });
    const Ref = 'Number';
    template.hasResourceProperties(POLICY, {
      Name: 'a.b',
      FairsharePolicy: {
        ShareDistribution: [
          { ShareIdentifier: 'a.b', WeightFactor: { Ref } },
          { ShareIdentifier: 'a*' },
          { ShareIdentifier: 'aa.b' },
          { ShareIdentifier: 'b', WeightFactor: { Ref } },
        ],
        ShareDecaySeconds: { Ref },
        ComputeReservation: { Ref },
      },
    });
  });
});
