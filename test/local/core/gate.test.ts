import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../local/core/authorizer';
import { Clock } from '../../../local/core/clock';
import { AwsError } from '../../../local/core/errors';
import { Faults } from '../../../local/core/faults';
import { createGate } from '../../../local/core/gate';
import { lineOf, type TraceRecord } from '../../../local/core/trace';

const CALL = {
  service: 'batch',
  operation: 'SubmitJob',
  input: {},
  principal: { arn: 'arn:aws:sts::000000000000:assumed-role/Submitter/one' },
};

const decide = (allowed: boolean, error?: AwsError): Decision => ({
  allowed,
  action: 'batch:SubmitJob',
  resource: 'arn:aws:batch:us-east-1:000000000000:job-queue/q',
  reason: allowed ? 'Submit' : 'no statement allows it',
  ...(error === undefined ? {} : { error }),
});

const bench = (decision?: Decision) => {
  const records: TraceRecord[] = [];
  const done: string[] = [];
  const faults = new Faults();
  const call = createGate({
    clock: new Clock(),
    faults,
    authorizer: () =>
      decision === undefined
        ? undefined
        : { check: () => Promise.resolve(decision), judge: () => Promise.resolve(decision) },
    trace: (record) => records.push(record),
    find: ({ operation }) => {
      if (!['SubmitJob', 'PutEvents'].includes(operation)) throw new AwsError('NotImplemented', operation, 501);
      return () => {
        done.push(operation);
        return Promise.resolve({ jobId: '1' });
      };
    },
  });
  return { records, done, faults, call };
};

describe('the gate of all calls', () => {
  test('lets a call through that is allowed', async () => {
    const { call, records } = bench(decide(true));
    expect(await call(CALL)).toEqual({ jobId: '1' });
    expect(records).toMatchObject([{ service: 'batch', operation: 'SubmitJob', decision: { allowed: true } }]);
  });

  test('does not do what is denied, and answers as the judge says', async () => {
    const { call, done, records } = bench(decide(false, new AwsError('AccessDenied', 'User: ...', 403)));
    await expect(call(CALL)).rejects.toMatchObject({ code: 'AccessDenied' });
    expect(done).toEqual([]);
    expect(records).toMatchObject([{ decision: { allowed: false }, error: 'AccessDenied' }]);
  });

  test('refuses what does not exist before it is judged', async () => {
    await expect(bench(decide(false)).call({ ...CALL, operation: 'SubmitJobs' })).rejects.toMatchObject({
      code: 'NotImplemented',
    });
  });

  test.each([
    ['throttle', 'batch', 'TooManyRequestsException', 429],
    ['throttle', 'lambda', 'TooManyRequestsException', 429],
    ['throttle', 's3', 'SlowDown', 503],
    ['throttle', 'states', 'ThrottlingException', 400],
    ['error', 'batch', 'ServerException', 500],
    ['error', 's3', 'InternalError', 500],
    ['error', 'sqs', 'InternalFailure', 500],
  ] as const)('a fault of kind %s at %s is answered with %s', async (kind, service, code, statusCode) => {
    const { call, faults, done } = bench();
    faults.set([{ kind, at: `${service}:*`, times: 1 }]);
    await expect(call({ ...CALL, service })).rejects.toMatchObject({ code, statusCode });
    expect(done).toEqual([]);
    await call({ ...CALL, service });
    expect(done).toEqual(['SubmitJob']);
  });

  test.each(['s3.amazonaws.com', 'arn:aws:iam::000000000000:role/aws-service-role/batch.amazonaws.com/Batch'])(
    'no fault loses an event that %s sends for itself: it has no quota',
    async (arn) => {
      const { call, done, faults } = bench();
      faults.set([
        { kind: 'throttle', at: '*' },
        { kind: 'error', at: '*' },
      ]);
      const event = { ...CALL, service: 'events', operation: 'PutEvents' };
      await call({ ...event, principal: { arn } });
      expect(done).toEqual(['PutEvents']);
      const session = { arn: 'arn:aws:sts::000000000000:assumed-role/Submitter/s3.amazonaws.com' };
      await expect(call({ ...event, principal: session })).rejects.toMatchObject({ code: 'ThrottlingException' });
    },
  );

  test('latency makes a call late', async () => {
    const { call, faults, records } = bench();
    faults.set([{ kind: 'latency', at: '*', milliseconds: 15 }]);
    await call(CALL);
    expect(records[0]?.milliseconds).toBeGreaterThanOrEqual(14);
  });
});

describe('a line of the trace', () => {
  const record = {
    time: 0,
    service: 'batch',
    operation: 'SubmitJob',
    principal: CALL.principal.arn,
    milliseconds: 1.25,
  };

  test('names principal, action, resource, decision and time', () => {
    expect(lineOf({ ...record, decision: decide(true) })).toBe(
      '00:00:00.000  assumed-role/Submitter/one  batch:SubmitJob  arn:aws:batch:us-east-1:000000000000:job-queue/q  allowed  1.3 ms',
    );
  });

  test('says why a call was denied, and how it ended', () => {
    expect(lineOf({ ...record, decision: decide(false), error: 'AccessDenied' })).toContain(
      'denied (no statement allows it)  1.3 ms  AccessDenied',
    );
  });

  test('says when nobody judged', () => {
    expect(lineOf(record)).toContain('batch:SubmitJob  -  unchecked');
  });
});
