import type { Stack } from 'aws-cdk-lib';
import { Lazy } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, type BatchJobProps, PlatformCapability } from '../../../lib';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';

let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function job(props: Partial<BatchJobProps>): BatchJob {
  const image = ecs.ContainerImage.fromRegistry('busybox');
  return new BatchJob(stack, 'Job', { image, queue: new PlainQueue(stack, 'Queue', PlatformCapability.EC2), ...props });
}

const secret = (): batch.Secret => batch.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret'));

describe('names of environment variables (job-environment-name)', () => {
  test.each(['A', 'a.b-c', 'MY_AWS_BATCH', 'BATCH_PLATFORM_MODE', '_1'])('may be %s', (name) => {
    expect(() => job({ environment: { [name]: 'x' } })).not.toThrow();
  });

  test('may be known only at deploy time', () => {
    const name = Lazy.string({ produce: () => 'LATER' });
    expect(() => job({ environment: { [name]: 'x' } })).not.toThrow();
  });

  test('are refused when each submission sets them', () => {
    expect(() => job({ environment: { BATCH_PLATFORM_ITEM_COUNT: '77' } })).toThrow(
      "the environment variable 'BATCH_PLATFORM_ITEM_COUNT' is set by each submission: choose another name (in Stack/Job)",
    );
  });

  test.each(['AWS_BATCH', 'AWS_BATCH_JOB_ID', 'AWS_BATCHES'])(
    'refuses %s, which AWS Batch keeps for itself',
    (name) => {
      expect(() => job({ environment: { [name]: 'x' } })).toThrow(
        `must not start with 'AWS_BATCH', which AWS Batch keeps for itself, got "${name}": choose another name (in Stack/Job)`,
      );
    },
  );

  test.each(['', 'A B', 'A=B', 'A\n'])('refuses %j', (name) => {
    expect(() => job({ environment: { [name]: 'x' } })).toThrow(
      `must not be empty or contain '=' or blanks, got ${JSON.stringify(name)} (in Stack/Job)`,
    );
  });

  test('refuses a reserved name for a secret, too', () => {
    expect(() => job({ secrets: { AWS_BATCH_TOKEN: secret() } })).toThrow(/must not start with 'AWS_BATCH'/);
  });

  test('refuses a name that is both plain and secret', () => {
    expect(() => job({ environment: { TOKEN: 'x' }, secrets: { TOKEN: secret() } })).toThrow(
      "'TOKEN' is in 'environment' and in 'secrets': keep one of them (in Stack/Job)",
    );
  });
});
