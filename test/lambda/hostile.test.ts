import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectWith } from '../../lambda/collect/handler';
import { planWith } from '../../lambda/plan/handler';
import { type Invocation, logged, type Note } from '../../lambda/shared/log';
import type { ResultsTable } from '../../lambda/shared/results-table';
import { submitWith } from '../../lambda/submit/handler';
import type { Jobs } from '../../lambda/submit/jobs';
import type { Quotas } from '../../lambda/submit/quotas';
import { hostileJson, hostileText, MARKER, secret } from './hostile';
import { TARGETS } from './submit/support';
import { allOf, CALL, objectsWith } from './support';

/** AWS, of which each call is noted and none succeeds, in words that repeat what was asked for. */
const deafAws = () => {
  const calls: string[] = [];
  const call =
    (name: string) =>
    (...given: readonly unknown[]): never => {
      calls.push(`${name} ${JSON.stringify(given)}`);
      throw Object.assign(new Error(`${name} is out\nof order`), { name: 'ServiceException', given });
    };
  const jobs: Jobs = { find: call('find'), submit: call('submit') };
  const table: ResultsTable = { claim: call('claim'), update: call('update'), fail: call('fail') };
  const quotas: Quotas = { reserve: call('reserve') };
  const objects = objectsWith({ read: call('read'), keys: call('keys'), write: call('write') });
  return {
    calls,
    jobs,
    quotas,
    table,
    objects,
    bucket: 'data',
    sources: allOf('data'),
    now: () => 1,
    newId: () => '0'.repeat(32),
  };
};

type Aws = ReturnType<typeof deafAws>;
type Handler = (aws: Aws) => (request: unknown, note: Note, invocation: Invocation) => Promise<unknown>;

const submit: Handler = (aws) => submitWith({ ...aws, targets: TARGETS });
const TEAMS = {
  research: { shareIdentifier: 'r', tags: { team: 'research' }, quota: { jobs: 1, per: 'day' } },
} as const;
const submitAsTeam: Handler = (aws) => (request, note) => {
  const invokedFunctionArn = `${CALL.invokedFunctionArn}:research`;
  return submitWith({ ...aws, targets: { ...TARGETS, teams: TEAMS } })(request, note, { invokedFunctionArn });
};
const plan: Handler = (aws) => planWith(aws);
const collect: Handler = (aws) => collectWith(aws);

/** What remains of a request once a function has answered it. */
const invoke = async (handler: Handler, request: unknown) => {
  const aws = deafAws();
  const lines: string[] = [];
  const outcome: unknown = await logged(handler(aws), (line) => lines.push(line))(request, CALL).catch(
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error('a function cannot succeed without AWS');
  const error = JSON.stringify([Object.entries(outcome), String(outcome), outcome.stack]);
  return { calls: aws.calls, lines, error, name: outcome.name, message: outcome.message };
};

type Left = Awaited<ReturnType<typeof invoke>>;

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** One line of JSON, an error that is short and plain, and nothing done when the request was refused. */
const expectOneLine = ({ calls, lines, message, name }: Left): void => {
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(HIDDEN);
  expect(lines[0].length).toBeLessThan(8_000);
  expect(JSON.parse(lines[0])).toMatchObject({ requestId: CALL.awsRequestId, level: 'ERROR', error: name, message });
  expect(message).not.toMatch(HIDDEN);
  expect(message.length).toBeLessThanOrEqual(2_000);
  expect(calls.length > 0).toBe(name === 'ServiceException');
};

const expectSecret = (left: Left): void => {
  expectOneLine(left);
  expect(left.lines.join('')).not.toContain(MARKER);
  expect(left.error).not.toContain(MARKER);
};

const check = <Value>(value: fc.Arbitrary<Value>, run: (value: Value) => Promise<void>) =>
  fc.assert(fc.asyncProperty(value, run), { numRuns: 60 });

const owner = { pipeline: 'p', execution: 'e' };

describe.each([
  ['submit', submit],
  ['submit of a team', submitAsTeam],
  ['plan', plan],
  ['collect', collect],
] as const)('the function %s', (_, handler) => {
  test('refuses what is no request at all, and does nothing', async () => {
    await check(hostileJson, async (request) => {
      const left = await invoke(handler, request);
      expectSecret(left);
      expect(left.calls).toEqual([]);
    });
  });

  test('shows names of fields on one line', async () => {
    await check(hostileText, async (name) => {
      expectOneLine(await invoke(handler, { ...owner, job: 'delays', [name]: MARKER }));
    });
  });
});

describe('a submission', () => {
  test('keeps values of parameters and variables, items and keys to itself', async () => {
    const request = fc.record(
      {
        parameters: fc.oneof(fc.dictionary(fc.constantFrom('a', 'b'), secret), secret),
        environment: fc.dictionary(fc.constantFrom('A', 'AWS_BATCH_X', ''), secret),
        items: fc.record({
          list: fc.array(fc.oneof(secret, fc.record({ a: secret }), fc.constant(null)), { minLength: 1 }),
        }),
        idempotencyKey: secret,
      },
      { requiredKeys: [] },
    );
    await check(request, async (fields) => {
      expectSecret(await invoke(submit, { job: 'delays', ...fields }));
    });
  });

  test('shows other names on one line', async () => {
    const request = fc.record(
      {
        job: fc.oneof(hostileText, fc.constant('delays')),
        queue: hostileText,
        shareIdentifier: hostileText,
        environment: fc.dictionary(hostileText, secret),
        items: fc.record({ prefix: fc.record({ bucket: fc.constantFrom('data', 'x'), prefix: hostileText }) }),
      },
      { requiredKeys: ['job'] },
    );
    await check(request, async (fields) => {
      expectOneLine(await invoke(submit, fields));
    });
  });
});

describe('a plan', () => {
  test('keeps items to itself', async () => {
    await check(fc.array(fc.oneof(secret, fc.constant(null))), async (list) => {
      expectSecret(await invoke(plan, { ...owner, triggerItems: 'object', input: { items: { list } } }));
    });
  });

  test('shows what is in an event on one line', async () => {
    await check(fc.tuple(hostileText, hostileText, fc.constantFrom('object', 'manifest')), async (given) => {
      const [key, version, triggerItems] = given;
      const detail = { bucket: { name: 'data' }, object: { key, 'version-id': version } };
      const left = await invoke(plan, { ...owner, triggerItems, input: { detail } });
      expectOneLine(left);
      expect(left.calls.join('')).not.toContain('read');
    });
  });
});

describe('a collection', () => {
  test('keeps the description of a job to itself, in the record too, wherever it is cut off', async () => {
    const description = fc.record({
      Container: fc.record({
        Environment: fc.array(fc.record({ Name: hostileText, Value: secret }), { minLength: 1 }),
      }),
      JobId: fc.constantFrom('j', undefined),
      Parameters: fc.dictionary(fc.constantFrom('StatusReason', 'a'), secret),
      StatusReason: fc.constantFrom('said so', undefined),
    });
    await check(fc.tuple(description, fc.double({ min: 0.01, max: 1, noNaN: true })), async ([job, part]) => {
      const whole = JSON.stringify(job);
      const cause = whole.slice(0, Math.ceil(whole.length * part));
      const left = await invoke(collect, { ...owner, input: {}, failure: { error: 'States.TaskFailed', cause } });
      expectSecret(left);
      expect(left.calls.join('')).toMatch(/^fail /);
      expect(left.calls.join('')).not.toContain(MARKER);
    });
  });

  test('records an error of any words on one line', async () => {
    await check(fc.tuple(hostileText, hostileText), async ([error, cause]) => {
      const left = await invoke(collect, { ...owner, input: {}, failure: { error: `x${error}`, cause } });
      expectOneLine(left);
      expect(left.calls.map((call) => call.length < 4_000)).toEqual([true]);
    });
  });
});
