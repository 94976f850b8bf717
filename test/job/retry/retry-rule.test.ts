import type { Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib';
import { beforeEach, describe, expect, test } from 'vitest';
import { JobRetry, type JobRetryOptions, PlatformCapability, type RetryCondition, RetryRule } from '../../../lib';
import { newStack } from '../../support/stack';

const { EC2, FARGATE } = PlatformCapability;
const EXIT = { action: 'EXIT', onReason: '*' };
const { SPOT_RECLAIMED, IMAGE_NOT_PULLED, TASK_NOT_STARTED, OUT_OF_MEMORY } = RetryRule;
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

const render = (options: JobRetryOptions, platform = EC2): unknown => JobRetry.of(options)._render(stack, platform);

test('rules stand in their order, before the one that says that the rest has failed', () => {
  const rules = [
    OUT_OF_MEMORY,
    RetryRule.retryOn({ exitCode: '13*' }),
    RetryRule.exitOn({ statusReason: 'Essential*', exitCode: '1' }),
  ];
  expect(render({ rules })).toEqual({
    attempts: 3,
    evaluateOnExit: [
      { action: 'EXIT', onReason: 'OutOfMemoryError*' },
      { action: 'RETRY', onExitCode: '13*' },
      { action: 'EXIT', onStatusReason: 'Essential*', onExitCode: '1' },
      EXIT,
    ],
  });
});

test('failures of the infrastructure have names, and look as they do on the platform', () => {
  expect(render({ rules: [TASK_NOT_STARTED, SPOT_RECLAIMED, IMAGE_NOT_PULLED] }, FARGATE)).toMatchObject({
    evaluateOnExit: [
      { action: 'RETRY', onStatusReason: 'Task failed to start*' },
      { action: 'RETRY', onStatusReason: 'Your Spot Task was interrupted*' },
      { action: 'RETRY', onReason: 'CannotPullContainerError*' },
      EXIT,
    ],
  });
});

test('attempts are written whenever there are rules (D11)', () => {
  expect(render({ rules: [OUT_OF_MEMORY] })).toMatchObject({ attempts: 3 });
});

test('no rules at all leave one that says that all has failed', () => {
  expect(render({ rules: [] })).toEqual({ attempts: 3, evaluateOnExit: [EXIT] });
});

describe('the number of rules (job-retry-rules)', () => {
  const four = [SPOT_RECLAIMED, IMAGE_NOT_PULLED, TASK_NOT_STARTED, OUT_OF_MEMORY];

  test('may be four', () => {
    expect(render({ rules: four })).toHaveProperty('evaluateOnExit.length', 5);
  });

  test('refuses five', () => {
    expect(() => render({ rules: [...four, OUT_OF_MEMORY] })).toThrow(
      "'retry.rules' must hold at most 4 rules, got 5: AWS Batch takes 5, of which the last one says that the rest has failed (in Stack)",
    );
  });

  test('counts the exit code', () => {
    expect(() => render({ rules: four, exitCode: 75 })).toThrow("at most 4 rules, 'retry.exitCode' included, got 5");
  });
});

describe('attempts (job-retry-attempts)', () => {
  test('refuses one attempt with a rule that retries', () => {
    expect(() => render({ attempts: 1, rules: [SPOT_RECLAIMED] })).toThrow(
      "'retry.rules' asks for another attempt, but 'retry.attempts' is 1: allow at least 2 (in Stack)",
    );
  });

  test('may be one when nothing is retried', () => {
    expect(render({ attempts: 1, rules: [OUT_OF_MEMORY] })).toEqual({ attempts: 1 });
  });

  test('may be known only at deploy time', () => {
    const attempts = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    expect(stack.resolve(render({ attempts, rules: [SPOT_RECLAIMED] }))).toMatchObject({ attempts: { Ref: 'Number' } });
  });
});

describe('patterns (job-retry-pattern)', () => {
  test.each<RetryCondition>([
    { exitCode: '0' },
    { exitCode: '137' },
    { exitCode: '1*' },
    { reason: '*' },
    { reason: 'DockerTimeoutError*' },
    { statusReason: 'Host EC2 i.1: x\t*' },
    { reason: 'x'.repeat(512) },
  ])('may be %o', (condition) => {
    expect(() => render({ rules: [RetryRule.retryOn(condition)] })).not.toThrow();
  });

  test.each<RetryCondition>([
    { exitCode: '1a' },
    { exitCode: '*1' },
    { exitCode: '' },
    { reason: 'Host (EC2*' },
    { reason: '*Error' },
    { reason: 'a*b*' },
    { statusReason: 'a-b' },
    { statusReason: 'x'.repeat(513) },
  ])('refuses %o', (condition) => {
    const [name] = Object.keys(condition);
    expect(() => render({ rules: [RetryRule.exitOn(condition)] })).toThrow(
      new RegExp(
        `'${name}' of a rule of 'retry' must have 1 to 512 .*, and '\\*' only at its end, got .*job-retry-pattern`,
      ),
    );
  });

  test('refuses a rule that says nothing', () => {
    expect(() => render({ rules: [RetryRule.exitOn({})] })).toThrow(
      "a rule of 'retry' must say at least one of 'exitCode', 'reason' and 'statusReason' (in Stack)",
    );
  });

  test('may be known only at deploy time', () => {
    const pattern = new CfnParameter(stack, 'Pattern').valueAsString;
    const condition = { exitCode: pattern, reason: pattern, statusReason: pattern };
    expect(() => render({ rules: [RetryRule.retryOn(condition)] })).not.toThrow();
  });
});
