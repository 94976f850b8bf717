import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Call, Service } from '../../../local/core/service';
import { createSsm } from '../../../local/ssm/service';
import { BatchBench } from './support';

const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:login-AbCdEf';
const EXECUTION_ROLE = 'arn:aws:iam::000000000000:role/execution';

let bench: BatchBench;
let calls: Call[];
beforeEach(async () => {
  calls = [];
  const secretsmanager: Service = {
    name: 'secretsmanager',
    operations: {
      GetSecretValue: (input, call) => {
        calls.push(call);
        return { SecretString: JSON.stringify({ password: 'hidden', input }) };
      },
    },
  };
  bench = await BatchBench.create(undefined, [createSsm, secretsmanager]);
});
afterEach(() => bench.world.close());

const withSecret = async (valueFrom: string) => {
  await bench.define('secret', 'console.log(process.env.SECRET)', {
    secrets: [{ name: 'SECRET', valueFrom }],
    executionRoleArn: EXECUTION_ROLE,
  });
  return await bench.run('secret');
};

describe('a secret', () => {
  test('may be a whole one, of a version; the execution role fetches it', async () => {
    const [text] = bench.output(await withSecret(`${SECRET}::AWSPREVIOUS:`));
    expect(calls.map(({ principal }) => principal.arn)).toEqual([EXECUTION_ROLE]);
    expect(JSON.parse(text)).toMatchObject({ input: { SecretId: SECRET, VersionStage: 'AWSPREVIOUS' } });
  });

  test.each([
    ['/unknown', /invalid ssm parameters: \/unknown/],
    [`${SECRET}:user::`, /'secret.user' must be a string, got nothing/],
  ])('%s fails the job when it cannot be had', async (valueFrom, reason) => {
    const job = await withSecret(valueFrom);
    expect(job.text('status')).toBe('FAILED');
    expect(job.text('statusReason')).toMatch(/^ResourceInitializationError: unable to pull secrets or registry auth: /);
    expect(job.text('statusReason')).toMatch(reason);
  });
});
