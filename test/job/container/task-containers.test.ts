import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  ContainerCondition,
  JobLogging,
  MultiContainerJob,
  PlatformCapability,
  type TaskContainerOptions,
} from '../../../lib';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';

const { EC2, FARGATE } = PlatformCapability;
const image = ecs.ContainerImage.fromRegistry('busybox');
const router = { router: ecs.FirelensLogRouterType.FLUENTD };
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

type Container = Partial<TaskContainerOptions> & Pick<TaskContainerOptions, 'name'>;
const define =
  (containers: readonly Container[], platform = EC2) =>
  (): MultiContainerJob =>
    new MultiContainerJob(stack, 'Job', {
      queue: new PlainQueue(stack, 'Queue', platform),
      containers: containers.map((container) => ({ image, ...container })),
    });
const named = (count: number): readonly Container[] =>
  Array.from({ length: count }, (_, index) => ({ name: `c${index}` }));
const after = (...containers: readonly string[]): Pick<Container, 'dependsOn'> => ({
  dependsOn: containers.map((container) => ({ container })),
});
const after1 = (container: string, condition: ContainerCondition): Pick<Container, 'dependsOn'> => ({
  dependsOn: [{ container, condition }],
});

describe('containers', () => {
  test.each([1, 10])('may be %d', (count) => {
    expect(define(named(count))).not.toThrow();
  });

  test.each([0, 11])('refuses %d (job-container-count)', (count) => {
    expect(define(named(count))).toThrow(
      `'containers' must hold 1 to 10 containers, got ${count} (in Stack/Job) [cdk-batch-platform:job-container-count]`,
    );
  });

  test.each(['', 'a b', 'a.b', 'x'.repeat(256)])('refuses the name %j (job-container-name)', (name) => {
    expect(define([{ name }])).toThrow(
      `the name of a container must have 1 to 255 letters, digits, '-' and '_', got "${name}"`,
    );
  });

  test('refuses one name for two', () => {
    expect(define([{ name: 'a' }, { name: 'a' }])).toThrow("two containers have the name 'a': name them differently");
  });

  test('refuses a task without an essential one (job-essential-container)', () => {
    expect(
      define([
        { name: 'a', essential: false },
        { name: 'b', essential: false },
      ]),
    ).toThrow("one of 'containers' must be essential, got a, b with essential: false");
  });

  test('may have names that are known only at deploy time', () => {
    const name = new CfnParameter(stack, 'Name').valueAsString;
    expect(define([{ name }, { name: 'b', ...after(name) }])).not.toThrow();
  });
});

describe('dependencies (job-container-dependency)', () => {
  test('may form a diamond', () => {
    expect(
      define([
        { name: 'a' },
        { name: 'b', ...after('a') },
        { name: 'c', ...after('a') },
        { name: 'd', ...after('b', 'c') },
      ]),
    ).not.toThrow();
  });

  test.each<{ containers: readonly Container[]; cycle: string }>([
    { containers: [{ name: 'a', ...after('a') }], cycle: 'a -> a' },
    {
      containers: [
        { name: 'a', ...after('b') },
        { name: 'b', ...after('a') },
      ],
      cycle: 'a -> b -> a',
    },
    {
      containers: [
        { name: 'x', ...after('a') },
        { name: 'a', ...after('b') },
        { name: 'b', ...after('c') },
        { name: 'c', ...after('b') },
      ],
      cycle: 'b -> c -> b',
    },
  ])('refuses $cycle', ({ containers, cycle }) => {
    expect(define(containers)).toThrow(`containers must not wait for each other, got ${cycle}: take one of them out`);
  });

  test('refuses one that is not there', () => {
    expect(define([{ name: 'a', ...after('b') }, { name: 'c' }])).toThrow(
      `container 'a' depends on "b", which is none of a, c (in Stack/Job)`,
    );
  });

  test.each(Object.values(ContainerCondition))('may wait for %s of one that is not essential', (condition) => {
    expect(
      define([
        { name: 'a', ...after1('b', condition) },
        { name: 'b', essential: false },
      ]),
    ).not.toThrow();
  });

  test.each([ContainerCondition.COMPLETE, ContainerCondition.SUCCESS])(
    'refuses to wait for %s of an essential container',
    (condition) => {
      expect(define([{ name: 'a', ...after1('b', condition) }, { name: 'b' }])).toThrow(
        `container 'a' waits for ${condition} of 'b', which must have essential: false for that (in Stack/Job)`,
      );
      expect(
        define([
          { name: 'a', ...after1('b', condition) },
          { name: 'b', essential: false },
        ]),
      ).not.toThrow(/essential/);
    },
  );
});

describe('times to start and to stop (job-container-timeout)', () => {
  test.each([
    { platform: EC2, seconds: 2 },
    { platform: EC2, seconds: 3600 },
    { platform: FARGATE, seconds: 120 },
  ])('may be $seconds s on $platform', ({ platform, seconds }) => {
    const time = Duration.seconds(seconds);
    expect(define([{ name: 'a', startTimeout: time, stopTimeout: time }], platform)).not.toThrow();
  });

  test.each([
    { platform: EC2, time: { stopTimeout: Duration.seconds(1) }, allowed: 'at least 2' },
    { platform: EC2, time: { startTimeout: Duration.millis(2500) }, allowed: 'at least 2' },
    { platform: FARGATE, time: { stopTimeout: Duration.seconds(121) }, allowed: '2 to 120' },
    { platform: FARGATE, time: { startTimeout: Duration.hours(1) }, allowed: '2 to 120' },
  ])('refuses $time on $platform', ({ platform, time, allowed }) => {
    const [name] = Object.keys(time);
    expect(define([{ name: 'a', ...time }], platform)).toThrow(
      `'${name}' of container 'a' must be ${allowed} whole seconds, got`,
    );
  });

  test('may be known only at deploy time', () => {
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
    expect(define([{ name: 'a', stopTimeout: Duration.seconds(seconds) }], FARGATE)).not.toThrow();
  });
});

describe('FireLens (job-firelens)', () => {
  const logging = JobLogging.firelens();

  test('refuses a container that logs by it when none routes', () => {
    expect(define([{ name: 'a', logging }, { name: 'b' }])).toThrow(
      "container 'a' logs by FireLens, which needs another container with 'firelens' to route its lines (in Stack/Job)",
    );
  });

  test('refuses a router that logs to itself', () => {
    expect(define([{ name: 'a', logging, firelens: router }])).toThrow("container 'a' logs by FireLens");
  });

  test('refuses two routers', () => {
    expect(
      define([
        { name: 'a', firelens: router },
        { name: 'b', firelens: router },
      ]),
    ).toThrow("one container at most may be a log router ('firelens'), got a, b (in Stack/Job)");
  });

  test('is there on Fargate', () => {
    expect(
      define(
        [
          { name: 'a', logging },
          { name: 'b', firelens: router },
        ],
        FARGATE,
      ),
    ).not.toThrow();
  });
});
