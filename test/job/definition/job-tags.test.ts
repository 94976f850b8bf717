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

  const CHARACTERS = "letters, digits, spaces and + - = . _ : / @ that do not begin with 'aws:'";

  test.each(['', 'aws:team', 'AWS:team', 'x'.repeat(129), 'cost,center', 'a\tb'])('refuses the key %j', (key) => {
    expect(() => job({ submissionTags: { [key]: 'x' } })).toThrow(
      `a key of 'submissionTags' must have 1 to 128 ${CHARACTERS}, got ` +
        `${JSON.stringify(key)} (in Stack/Job) [cdk-batch-platform:job-tags]`,
    );
  });

  describe.each(['tags', 'submissionTags'])('in %s', (prop) => {
    test.each(['x'.repeat(257), 'aws:blue', 'Aws:blue', '2.8.1+mc(0.10.0)', '^GATC', 'a\nb', '🎬'])(
      'refuses %j',
      (team) => {
        expect(() => job({ [prop]: { team } })).toThrow(
          `'${prop}.team' must have at most 256 ${CHARACTERS}, got ${JSON.stringify(team)} of ${Array.from(team).length} ` +
            '(in Stack/Job) [cdk-batch-platform:job-tags]',
        );
      },
    );

    test.each(['x'.repeat(256), '', 'blue aws:', 'Größe 2', '研究', '+-=._:/@'])('takes %j', (team) => {
      expect(() => job({ [prop]: { team } })).not.toThrow();
    });
  });

  test('may be known at the deployment only', () => {
    const later = new CfnParameter(stack, 'Later').valueAsString;
    expect(() => job({ tags: { team: later, [later]: 'x' } })).not.toThrow();
  });
});
