import { CfnParameter, Size, type Stack } from 'aws-cdk-lib';
import { beforeEach, describe, expect, test } from 'vitest';
import { Ec2ComputeEnvironment, type IJobQueue, JobQueue, JobSize, PlatformCapability } from '../../lib';
import { type Submission, submissionRequest } from '../../lib/submission/submission-request';
import { ONE_CONTAINER, PlainJob } from '../support/plain-job';
import { PlainQueue } from '../support/queues';
import { sharedQueue } from '../support/shared-queue';
import { newStack } from '../support/stack';

let stack: Stack;
let plain: IJobQueue;
let shared: IJobQueue;

beforeEach(() => {
  stack = newStack();
  plain = new PlainQueue(stack, 'Plain', PlatformCapability.EC2);
  shared = sharedQueue(stack, 'Shared');
});

const jobOn = (queue: IJobQueue, shareIdentifier?: string): PlainJob =>
  new PlainJob(stack, 'Job', queue, ONE_CONTAINER, { shareIdentifier });
const request = (job: PlainJob, options: Omit<Submission, 'job'> = {}): Record<string, unknown> =>
  submissionRequest(stack, { job, ...options });

describe('the share identifier', () => {
  test('is that of the job', () => {
    expect(request(jobOn(shared, 'research'))).toMatchObject({ ShareIdentifier: 'research' });
  });

  test('is another one when the submission says so', () => {
    expect(request(jobOn(shared, 'research'), { shareIdentifier: 'urgent' })).toMatchObject({
      ShareIdentifier: 'urgent',
    });
  });

  test('of the job is left out on a queue without a scheduling policy', () => {
    expect(request(jobOn(shared, 'research'), { queue: plain }).ShareIdentifier).toBeUndefined();
  });

  test('of the submission passes to a queue of which it is not known', () => {
    const imported = JobQueue.fromJobQueueAttributes(stack, 'Imported', {
      jobQueueArn: 'arn:aws:batch:us-east-1:111122223333:job-queue/a',
      platformCapability: PlatformCapability.EC2,
    });
    const named = request(jobOn(imported), { shareIdentifier: 'a' });
    expect(named).toMatchObject({ ShareIdentifier: 'a' });
    expect(request(new PlainJob(stack, 'Other', imported, ONE_CONTAINER)).ShareIdentifier).toBeUndefined();
  });

  test.each(['a', 'A1', 'a-b_c', 'x'.repeat(255), 'research*', '{% $states.input.team %}'])(
    'may be %j',
    (shareIdentifier) => {
      expect(() => request(jobOn(shared), { shareIdentifier })).not.toThrow();
    },
  );

  test.each(['', 'a b', 'a/b', 'x'.repeat(256), '*'])('refuses to be %j', (shareIdentifier) => {
    expect(() => request(jobOn(shared), { shareIdentifier })).toThrow(
      `'shareIdentifier' must have 1 to 255 letters, digits, hyphens and underscores, got ${JSON.stringify(shareIdentifier)} (in Stack) ` +
        '[cdk-batch-platform:pipeline-share-identifier]',
    );
  });

  test('may be known only at deploy time', () => {
    const shareIdentifier = new CfnParameter(stack, 'Share').valueAsString;
    expect(request(jobOn(shared), { shareIdentifier })).toMatchObject({ ShareIdentifier: shareIdentifier });
  });

  test('refuses to be missing where the queue has a scheduling policy', () => {
    expect(() => request(jobOn(shared))).toThrow(
      "'shareIdentifier' is missing: Stack/Shared has a scheduling policy and serves no job without one; give it here, " +
        'or to Stack/Job for all its submissions (in Stack) [cdk-batch-platform:pipeline-share-missing]',
    );
  });

  test('refuses to be there where the queue has no scheduling policy', () => {
    expect(() => request(jobOn(plain), { shareIdentifier: 'a' })).toThrow(
      `'shareIdentifier' is "a", but Stack/Plain has no scheduling policy and takes none: leave it out, or give the queue ` +
        'a scheduling policy (in Stack) [cdk-batch-platform:pipeline-share-unused]',
    );
  });
});

describe('the scheduling priority', () => {
  test('is 0 where the queue wants one, and the definition was made for a queue that does not', () => {
    const job = jobOn(plain, 'a');
    expect(request(job).SchedulingPriorityOverride).toBeUndefined();
    expect(request(job, { queue: shared }).SchedulingPriorityOverride).toBe(0);
    expect(request(job, { queue: shared, schedulingPriority: 7 }).SchedulingPriorityOverride).toBe(7);
  });

  test('is that of the definition where it has one', () => {
    const job = jobOn(shared, 'a');
    expect(request(job, { queue: sharedQueue(stack, 'Other') }).SchedulingPriorityOverride).toBeUndefined();
  });
});

describe('another queue', () => {
  const demands = [{ vcpus: 4, memory: Size.gibibytes(8) }];

  test('refuses a job that never fits, and a size that never fits', () => {
    const compute = Ec2ComputeEnvironment.fromEc2ComputeEnvironmentAttributes(stack, 'Compute', {
      computeEnvironmentArn: 'arn:aws:batch:us-east-1:111122223333:compute-environment/small',
      offer: { maxvCpus: 2 },
    });
    const small = JobQueue.fromJobQueueAttributes(stack, 'Small', {
      jobQueueArn: 'arn:aws:batch:us-east-1:111122223333:job-queue/small',
      platformCapability: PlatformCapability.EC2,
      computeEnvironments: [compute],
    });
    const job = new PlainJob(stack, 'Job', plain, ONE_CONTAINER, { demands });
    expect(() => request(job, { queue: small })).toThrow(/4 vCPU.*fit-/);
    const size = JobSize.of(1, Size.gibibytes(1));
    expect(() => request(job, { queue: small, size })).not.toThrow();
  });
});
