import type { Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, expect, test } from 'vitest';
import { BatchJob, PlatformCapability } from '../../../lib';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';

const ACCESS_KEY = `AKIA${'X'.repeat(16)}`;
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function warningsFor(environment: Record<string, string>): readonly string[] {
  const image = ecs.ContainerImage.fromRegistry('busybox');
  const queue = new PlainQueue(stack, 'Queue', PlatformCapability.EC2);
  new BatchJob(stack, 'Job', { image, queue, environment });
  return warningsOf(stack);
}

test.each(['PASSWORD', 'DB_PASSWORD', 'db_password', 'API_KEY', 'APIKEY', 'GITHUB_TOKEN', 'CLIENT_SECRET', 'TOKEN_V2'])(
  'warns of %s, and does not show its value (job-plain-secret)',
  (name) => {
    const [warning, ...others] = warningsFor({ MODE: 'fast', [name]: 'hunter2' });
    expect(others).toEqual([]);
    expect(warning).toContain(`'environment' seems to hold secrets in ${name}: put them into Secrets Manager`);
    expect(warning).toContain('job-plain-secret');
    expect(warning).not.toContain('hunter2');
  },
);

test.each([ACCESS_KEY, `key=${ACCESS_KEY};`, `ASIA${'1'.repeat(16)}`])(
  'warns of access keys of AWS anywhere: %s',
  (value) => {
    const [warning] = warningsFor({ MODE: value });
    expect(warning).toContain('secrets in MODE');
    expect(warning).not.toContain(value);
  },
);

test('names all of them in one warning', () => {
  expect(warningsFor({ PASSWORD: 'x', TOKEN: 'y' })).toEqual([expect.stringContaining('PASSWORD, TOKEN')]);
});

test.each<Record<string, string>>([
  { PASSWORD_ARN: 'x' },
  { TOKEN_PATH: '/run/token' },
  { SECRET_NAME: 'db' },
  { SECRET: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db' },
  { PASSWORD: '' },
  { KEYBOARD: 'x' },
  { TOKENIZER: 'bert' },
  { MODE: 'AKIA' },
])('%o is no secret', (environment) => {
  expect(warningsFor(environment)).toEqual([]);
});

test('what is known only at deploy time is none', () => {
  expect(warningsFor({ PASSWORD: new CfnParameter(stack, 'Password', { noEcho: true }).valueAsString })).toEqual([]);
});
