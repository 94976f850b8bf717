import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AwsError } from '../../../local/core/errors';
import { Reader } from '../../../local/core/reader';
import type { Call, Service } from '../../../local/core/service';
import { BatchBench } from './support';

const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:login-AbCdEf';
const EXECUTION_ROLE = 'arn:aws:iam::000000000000:role/execution';

let bench: BatchBench;
let calls: Call[];
beforeEach(async () => {
  calls = [];
  const ssm: Service = {
    name: 'ssm',
    operations: {
      GetParameter: (input, call) => {
        calls.push(call);
        const name = new Reader(input).text('Name');
        if (name !== '/token') throw new AwsError('ParameterNotFound', `no parameter ${name}`);
        return { Parameter: { Name: name, Value: 'from ssm' } };
      },
    },
  };
  const secretsmanager: Service = {
    name: 'secretsmanager',
    operations: {
      GetSecretValue: (input, call) => {
        calls.push(call);
        return { SecretString: JSON.stringify({ password: 'hidden', input }) };
      },
    },
  };
  bench = await BatchBench.create(undefined, [ssm, secretsmanager]);
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
  test.each([
    ['/token', 'from ssm'],
    [`${SECRET}:password::`, 'hidden'],
  ])('%s is a variable of the command', async (valueFrom, expected) => {
    const job = await withSecret(valueFrom);
    expect(bench.output(job)).toEqual([expected]);
    expect(calls[0].principal.arn).toBe(EXECUTION_ROLE);
    expect(JSON.stringify(job.values)).not.toContain(expected);
  });

  test('may be a whole one, of a version', async () => {
    const [text] = bench.output(await withSecret(`${SECRET}::AWSPREVIOUS:`));
    expect(JSON.parse(text)).toMatchObject({ input: { SecretId: SECRET, VersionStage: 'AWSPREVIOUS' } });
  });

  test.each([
    ['/unknown', /ParameterNotFound: no parameter \/unknown/],
    [`${SECRET}:user::`, /'secret.user' must be a string, got nothing/],
  ])('%s fails the job when it cannot be had', async (valueFrom, reason) => {
    const job = await withSecret(valueFrom);
    expect(job.text('status')).toBe('FAILED');
    expect(job.text('statusReason')).toMatch(/^ResourceInitializationError: unable to pull secrets or registry auth: /);
    expect(job.text('statusReason')).toMatch(reason);
  });
});
