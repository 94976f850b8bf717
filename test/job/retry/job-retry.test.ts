import type { Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib';
import { beforeEach, describe, expect, test } from 'vitest';
import { JobRetry, type JobRetryOptions, PlatformCapability } from '../../../lib';
import { newStack } from '../../support/stack';

const { EC2, FARGATE } = PlatformCapability;
const EXIT = { action: 'EXIT', onReason: '*' };
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

test.each([
  { platform: EC2, reclaimed: 'Host EC2*' },
  { platform: FARGATE, reclaimed: 'Your Spot Task was interrupted*' },
])('failures of the infrastructure of $platform are retried, all else is not', ({ platform, reclaimed }) => {
  expect(JobRetry.of()._render(stack, platform)).toEqual({
    attempts: 3,
    evaluateOnExit: [
      { action: 'RETRY', onStatusReason: reclaimed },
      { action: 'RETRY', onReason: 'CannotPullContainerError*' },
      { action: 'RETRY', onStatusReason: 'Task failed to start*' },
      EXIT,
    ],
  });
});

test('a chosen exit code asks for another attempt, within the five rules that AWS Batch takes', () => {
  const { attempts, evaluateOnExit } = JobRetry.of({ attempts: 5, exitCode: 75 })._render(stack, EC2);
  expect(attempts).toBe(5);
  expect(evaluateOnExit).toHaveLength(5);
  expect(evaluateOnExit).toEqual(expect.arrayContaining([{ action: 'RETRY', onExitCode: '75' }, EXIT]));
  expect(evaluateOnExit).toHaveProperty('[4]', EXIT);
});

test('none means one attempt, without rules', () => {
  expect(JobRetry.none()._render(stack, EC2)).toEqual({ attempts: 1 });
});

describe('limits', () => {
  test.each<JobRetryOptions>([{ attempts: 1 }, { attempts: 10 }, { exitCode: 1 }, { exitCode: 255 }])(
    'allow %o',
    (options) => {
      expect(() => JobRetry.of(options)._render(stack, EC2)).not.toThrow();
    },
  );

  test.each<{ options: JobRetryOptions; message: string }>([
    { options: { attempts: 0 }, message: "'retry.attempts' must be a whole number from 1 to 10, got 0 (in Stack)" },
    { options: { attempts: 11 }, message: "'retry.attempts' must be a whole number from 1 to 10, got 11 (in Stack)" },
    { options: { attempts: 1.5 }, message: "'retry.attempts' must be a whole number from 1 to 10, got 1.5 (in Stack)" },
    { options: { exitCode: 0 }, message: "'retry.exitCode' must be a whole number from 1 to 255, got 0 (in Stack)" },
    {
      options: { exitCode: 256 },
      message: "'retry.exitCode' must be a whole number from 1 to 255, got 256 (in Stack)",
    },
    { options: { attempts: 1, exitCode: 75 }, message: "'retry.attempts' is 1: allow at least 2 (in Stack)" },
  ])('refuse $options', ({ options, message }) => {
    expect(() => JobRetry.of(options)._render(stack, EC2)).toThrow(message);
  });

  test('let deploy-time numbers pass', () => {
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const strategy = JobRetry.of({ attempts: number, exitCode: number })._render(stack, EC2);
    expect(stack.resolve(strategy)).toMatchObject({ attempts: { Ref: 'Number' } });
    expect(stack.resolve(strategy)).toHaveProperty('evaluateOnExit[3].onExitCode', { Ref: 'Number' });
  });
});
