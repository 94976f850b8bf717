import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  BatchJob,
  EksJob,
  EksMultiNodeJob,
  PodGroup,
  type IBatchJob,
  type JobProps,
  MultiContainerJob,
  MultiNodeJob,
  NodeGroup,
  PlatformCapability,
} from '../../../lib';

import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';

const image = ecs.ContainerImage.fromRegistry('busybox');
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

type Tags = Pick<JobProps, 'tags' | 'submissionTags'>;
const queueOn = (platform: PlatformCapability): PlainQueue => new PlainQueue(stack, 'Queue', platform);
const job = (props: Tags): BatchJob =>
  new BatchJob(stack, 'Job', { image, queue: queueOn(PlatformCapability.EC2), ...props });
const many = (count: number, name = 'tag'): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, 'x']));

describe('the tags of submissions', () => {
  const submissionTags = { team: 'research' };
  const { EC2, EKS } = PlatformCapability;
  const kinds: Readonly<Record<string, () => IBatchJob>> = {
    'one container': () => job({ submissionTags }),
    'several containers': () =>
      new MultiContainerJob(stack, 'Job', {
        containers: [{ name: 'work', image }],
        queue: queueOn(EC2),
        submissionTags,
      }),
    'several nodes': () =>
      new MultiNodeJob(stack, 'Job', { nodeGroups: [NodeGroup.of(1, { image })], queue: queueOn(EC2), submissionTags }),
    'a pod': () => new EksJob(stack, 'Job', { containers: [{ image }], queue: queueOn(EKS), submissionTags }),
    'several pods': () =>
      new EksMultiNodeJob(stack, 'Job', {
        nodeGroups: [PodGroup.of(1, { containers: [{ image }] })],
        queue: queueOn(EKS),
        submissionTags,
      }),
  };

  test.each(Object.keys(kinds))('are told by a job of %s, and are not those of its definition', (kind) => {
    const one = kinds[kind]();
    expect(one.submissionTags).toEqual(submissionTags);
    expect(JSON.stringify(Template.fromStack(stack))).not.toContain('research');
  });
});

describe('tags (job-tags)', () => {
  test('may be 50, those of submissions included, each key once', () => {
    expect(() => job({ tags: many(50), submissionTags: many(50) })).not.toThrow();
  });

  test.each([
    { tags: many(51), submissionTags: {} },
    { tags: many(25), submissionTags: many(26, 'own') },
  ])('refuses 51', (tags) => {
    expect(() => job(tags)).toThrow(
      "'tags' must hold at most 50 tags, those of the job definition and of a submission together, got 51 " +
        '(in Stack/Job) [cdk-batch-platform:job-tags]',
    );
  });

  test.each(['', 'aws:team', 'AWS:team', 'x'.repeat(129)])('refuses the key %j', (key) => {
    expect(() => job({ submissionTags: { [key]: 'x' } })).toThrow(
      `a key of 'submissionTags' must have 1 to 128 characters, of which the first are not 'aws:', got ` +
        `${JSON.stringify(key)} (in Stack/Job) [cdk-batch-platform:job-tags]`,
    );
  });

  test.each(['tags', 'submissionTags'])('refuses a long value in %s', (prop) => {
    expect(() => job({ [prop]: { team: 'x'.repeat(257) } })).toThrow(
      /'(tags|submissionTags)\.team' must have at most 256 characters, got "x+" of 257 \(in Stack\/Job\) .*job-tags/,
    );
  });

  test('may have values of 256 characters, of none, and of the deployment', () => {
    const later = new CfnParameter(stack, 'Later').valueAsString;
    expect(() => job({ tags: { a: 'x'.repeat(256), b: '', c: later, [later]: 'x' } })).not.toThrow();
  });
});
