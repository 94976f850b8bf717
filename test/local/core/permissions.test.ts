import { expect, test } from 'vitest';
import type { Decision } from '../../../local/core/authorizer';
import { Clock } from '../../../local/core/clock';
import { AwsError } from '../../../local/core/errors';
import { createPermissions } from '../../../local/core/permissions';
import { lineOf, type TraceRecord } from '../../../local/core/trace';

const roleArn = 'arn:aws:iam::000000000000:role/path/Runner';
const assumption = { roleArn, service: 'states.amazonaws.com', session: 'machine' };

const bench = (allowed: boolean) => {
  const records: TraceRecord[] = [];
  const decision: Decision = {
    ...{ allowed, action: 'sts:AssumeRole', resource: roleArn, reason: allowed ? 'trust policy' : 'no trust' },
    ...(allowed ? {} : { error: new AwsError('AccessDenied', 'no trust', 403) }),
  };
  const authorizer = { check: () => Promise.resolve(decision), judge: () => Promise.resolve(decision) };
  const trace = (record: TraceRecord) => records.push(record);
  return { records, ...createPermissions({ clock: new Clock(), authorizer: () => authorizer, trace }) };
};

test('a role that does not trust a service leaves a line in the trace', async () => {
  const { assume, records } = bench(false);
  await expect(assume(assumption)).rejects.toMatchObject({ code: 'AccessDenied', message: /Runner: no trust$/ });
  expect(records.map(lineOf)).toEqual([
    expect.stringMatching(
      /states\.amazonaws\.com {2}sts:AssumeRole {2}arn:aws:iam::000000000000:role\/path\/Runner {2}denied \(no trust\) .* AccessDenied$/,
    ),
  ]);
});

test('a role that trusts a service leaves one as well, and gives its session', async () => {
  const { assume, records } = bench(true);
  expect(await assume(assumption)).toEqual({ arn: 'arn:aws:sts::000000000000:assumed-role/Runner/machine' });
  expect(records).toMatchObject([{ service: 'sts', operation: 'AssumeRole', decision: { allowed: true } }]);
});

test('what a service asks about leaves a line', async () => {
  const { denial, records } = bench(false);
  const question = { principal: { arn: roleArn }, action: 'sqs:SendMessage', resource: 'arn' };
  expect(await denial(question)).toMatchObject({ code: 'AccessDenied' });
  expect(records).toMatchObject([{ service: 'sqs', operation: 'SendMessage', principal: roleArn }]);
});

test('nothing is denied, and nothing traced, where nobody judges', async () => {
  const records: TraceRecord[] = [];
  const trace = (record: TraceRecord) => records.push(record);
  const { assume, denial } = createPermissions({ clock: new Clock(), authorizer: () => undefined, trace });
  expect(await assume(assumption)).toEqual({ arn: roleArn });
  expect(await denial({ principal: { arn: roleArn }, action: 'a:B', resource: '*' })).toBeUndefined();
  expect(records).toEqual([]);
});
