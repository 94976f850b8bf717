import { describe, expect, test } from 'vitest';
import { jobRequestOf } from '../../../lambda/submit/job-request';
import { submissionOf } from '../../../lambda/submit/request';
import { targetsOf } from '../../../lambda/submit/targets';
import type { SubmissionTargets } from '../../../lib/contracts/submission';
import { refusalOf } from '../support';

const TARGETS: SubmissionTargets = {
  jobs: {
    shared: { jobDefinition: 'd', queue: 'Own', shareIdentifier: 'research' },
    nameless: { jobDefinition: 'd', queue: 'Own' },
    plain: { jobDefinition: 'd', queue: 'Plain', shareIdentifier: 'research' },
  },
  queues: {
    fair: { arn: 'fair-arn', shared: true },
    fifo: { arn: 'fifo-arn' },
    Own: { arn: 'own', shared: true, own: true },
    Plain: { arn: 'plain', own: true },
  },
};

const call = (request: unknown): Record<string, unknown> => {
  const { shareIdentifier, schedulingPriorityOverride, jobQueue } = jobRequestOf(
    submissionOf(request, TARGETS, []),
    'a'.repeat(32),
    1,
    {},
  );
  return { jobQueue, shareIdentifier, schedulingPriorityOverride };
};

describe('the share identifier of a submission', () => {
  test.each([
    { request: { job: 'shared' }, jobQueue: 'own', shareIdentifier: 'research' },
    { request: { job: 'shared', shareIdentifier: 'research' }, jobQueue: 'own', shareIdentifier: 'research' },
    { request: { job: 'nameless', shareIdentifier: 'urgent' }, jobQueue: 'own', shareIdentifier: 'urgent' },
    { request: { job: 'shared', queue: 'fair' }, jobQueue: 'fair-arn', shareIdentifier: 'research' },
    { request: { job: 'shared', queue: 'fifo' }, jobQueue: 'fifo-arn', shareIdentifier: undefined },
    { request: { job: 'plain' }, jobQueue: 'plain', shareIdentifier: undefined },
  ])('of $request is $shareIdentifier', ({ request, ...expected }) => {
    expect(call(request)).toEqual({ ...expected, schedulingPriorityOverride: undefined });
  });

  test('comes with a priority where the definition was made for a queue that wants none', () => {
    expect(call({ job: 'plain', queue: 'fair' })).toEqual({
      jobQueue: 'fair-arn',
      shareIdentifier: 'research',
      schedulingPriorityOverride: 0,
    });
  });

  test.each([
    [{ job: 'nameless' }, "InvalidRequest: the queue has a scheduling policy; name a 'shareIdentifier'"],
    [
      { job: 'plain', shareIdentifier: 'a' },
      "InvalidRequest: 'shareIdentifier' is for queues with a scheduling policy; leave it out",
    ],
    [
      { job: 'shared', shareIdentifier: 'film' },
      "InvalidRequest: this job is submitted under the share identifier 'research', got 'film'; leave it out",
    ],
    [
      { job: 'shared', shareIdentifier: 'a b' },
      "InvalidRequest: 'shareIdentifier' must have 1 to 255 letters, digits, hyphens and underscores, got 'a b'",
    ],
  ])('refuses %j', async (request, message) => {
    expect(await refusalOf(() => submissionOf(request, TARGETS, []))).toBe(message);
  });
});

describe('the targets of the gateway', () => {
  test('tell of shares and of containers', () => {
    const overrides = [{ place: 'task', containers: ['work'], targetNodes: '0:' }] as const;
    const targets = { ...TARGETS, jobs: { a: { jobDefinition: 'd', queue: 'q', overrides } } };
    expect(targetsOf(JSON.stringify(targets))).toEqual(targets);
  });

  test('refuse a place that is not known', async () => {
    const jobs = { a: { jobDefinition: 'd', queue: 'q', overrides: [{ place: 'moon', containers: [] }] } };
    expect(await refusalOf(() => targetsOf(JSON.stringify({ jobs, queues: {} })))).toMatch(
      /'targets.jobs.a.overrides\[0\].place' must be container or task or pod/,
    );
  });
});
