import { describe, expect, test } from 'vitest';
import { collectWith } from '../../../lambda/collect/handler';
import { planWith } from '../../../lambda/plan/handler';
import { useAws } from '../aws';
import { refusalOf, unheard } from '../support';

const aws = useAws();

const EXECUTION = { pipeline: 'flights', execution: 'arn:first' };

/** A pipeline whose jobs have just ended. */
const planned = async (list: readonly unknown[] = ['a', 'b']) => {
  const dependencies = await aws().dependencies();
  const input = { items: { list } };
  const plan = await planWith(dependencies)({ ...EXECUTION, triggerItems: 'object', input }, unheard);
  const collect = collectWith({ ...dependencies, now: () => 2_000 });
  const { submissionId, results } = plan;
  return {
    ...dependencies,
    plan,
    input,
    uri: `s3://${results.bucket}/${results.prefix}`,
    collect: (request: object) => collect({ ...EXECUTION, ...request }, unheard),
    output: (name: string, body: string | Uint8Array) => aws().put(results.bucket, `${results.prefix}${name}`, body),
    record: () => aws().record(dependencies.tableName, 'flights', submissionId),
  };
};

describe('collecting', () => {
  test('ends the record with the result, and tells subscribers where it is', async () => {
    const { plan, uri, collect, output, record } = await planned();
    await output('0.json', '{}');
    await output('1.json', '{}');
    await output('result.json', '{"mean": 1.50}\n');
    const notification = await collect({ plan });
    expect(notification).toEqual({
      ...EXECUTION,
      submissionId: plan.submissionId,
      status: 'SUCCEEDED',
      count: 2,
      outputs: 3,
      resultsUri: uri,
      resultFileUri: `${uri}result.json`,
    });
    expect(await record()).toEqual({ ...notification, startedAt: 1_000, endedAt: 2_000, result: '{"mean": 1.50}\n' });
  });

  test('works without a result file, and without any output', async () => {
    const { plan, collect, record } = await planned([]);
    expect(await collect({ plan })).toMatchObject({
      status: 'SUCCEEDED',
      count: 0,
      outputs: 0,
      resultFileUri: undefined,
    });
    expect(await record()).not.toHaveProperty('result');
  });

  test('takes no file for the result that only ends like it', async () => {
    const { plan, collect, output } = await planned();
    await output('0/result.json', '{}');
    expect(await collect({ plan })).toMatchObject({ outputs: 1, resultFileUri: undefined });
  });

  const largest = JSON.stringify('x'.repeat(262_142));

  test.each([
    ['the largest that fits', largest, largest],
    ['one byte more', `${largest} `, undefined],
    ['no JSON', 'mean: 1', undefined],
    ['nothing in it', '\n', undefined],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), undefined],
  ])('keeps of a result file with %s what a record can hold', async (_, body, result) => {
    const { plan, uri, collect, output, record } = await planned();
    await output('result.json', body);
    expect(await collect({ plan })).toMatchObject({ resultFileUri: `${uri}result.json` });
    expect((await record())?.result).toBe(result);
  });

  test('may be repeated by its execution', async () => {
    const { plan, collect } = await planned();
    expect(await collect({ plan })).toEqual(await collect({ plan }));
  });

  test('is refused to an execution that does not own the submission', async () => {
    const { plan, collect, record } = await planned();
    expect(await refusalOf(() => collect({ plan, execution: 'arn:second' }))).toMatch(
      /^SupersededSubmission: submission \w+ belongs to another execution/,
    );
    expect(await record()).toMatchObject({ status: 'RUNNING' });
  });
});

describe('collecting a failure', () => {
  const failure = { error: 'States.TaskFailed', cause: '{"errorMessage":"no luck","errorType":"Error"}' };

  test('ends the record with its cause, and tells subscribers', async () => {
    const { plan, input, uri, collect, record } = await planned();
    const notification = await collect({ input, failure });
    expect(notification).toEqual({
      ...EXECUTION,
      submissionId: plan.submissionId,
      status: 'FAILED',
      count: 2,
      resultsUri: uri,
      error: 'States.TaskFailed',
      cause: 'no luck',
    });
    expect(await record()).toEqual({ ...notification, startedAt: 1_000, endedAt: 2_000 });
  });

  test('works for an execution whose plan failed before it recorded anything', async () => {
    const { collect, tableName } = await planned();
    const { submissionId } = await collect({
      execution: 'arn:odd',
      input: 'nonsense',
      failure: { error: 'InvalidRequest' },
    });
    expect(await aws().record(tableName, 'flights', submissionId)).toMatchObject({
      status: 'FAILED',
      error: 'InvalidRequest',
    });
  });

  test('never spoils a success, nor the record of another execution', async () => {
    const { plan, input, collect, record } = await planned();
    await collect({ plan });
    expect(await collect({ input, failure })).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(await record()).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('needs no cause', async () => {
    const { input, collect } = await planned();
    expect(await collect({ input, failure: { error: 'States.Timeout', cause: '' } })).toMatchObject({
      cause: undefined,
    });
  });
});

describe('collecting refuses', () => {
  const ID = '0'.repeat(32);

  test('a bucket that is not its own', async () => {
    const { plan, collect } = await planned();
    const results = { ...plan.results, bucket: 'other' };
    expect(await refusalOf(() => collect({ plan: { ...plan, results } }))).toMatch(
      /^UnknownBucket: 'plan.results.bucket' is 'other', which is not known here/,
    );
  });

  test.each(['', 'submissions/', `submissions/${ID}/results/`])('the prefix %j of others', async (prefix) => {
    const { plan, collect } = await planned();
    const results = { ...plan.results, prefix };
    expect(await refusalOf(() => collect({ plan: { ...plan, results } }))).toMatch(
      /^InvalidRequest: 'plan.results.prefix' must/,
    );
  });

  test.each([
    [{}, "'plan' must be an object, got nothing"],
    [{ plan: {} }, "'plan.results' must be an object, got nothing"],
    [{ plan: { results: {}, submissionId: '' } }, "'plan.submissionId' must not be empty"],
    [{ plan: { results: {}, submissionId: 's' } }, "'plan.submissionId' must be the id that the plan function made"],
    [{ plan: { results: {}, submissionId: ID, count: -1 } }, "'plan.count' must be a count, got a number"],
    [{ plan: {}, failure: {} }, "'request' has no field 'plan'; it takes pipeline, execution, input, failure"],
    [{ failure: { Error: 'x' } }, "'failure' has no field 'Error'; it takes error, cause"],
    [{ input: {}, failure: {} }, "'failure.error' must be a string, got nothing"],
  ])('%j', async (request, message) => {
    const collect = collectWith({ ...(await aws().dependencies()), now: () => 0 });
    expect(await refusalOf(() => collect({ ...EXECUTION, ...request }, unheard))).toBe(`InvalidRequest: ${message}`);
  });
});
