import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../lib/contracts/pipeline';
import { planWith } from '../../../lambda/plan/handler';
import { useAws } from '../aws';
import { refusalOf, unheard } from '../support';

const aws = useAws();

const started = async () => {
  const dependencies = await aws().dependencies();
  const plan = planWith(dependencies);
  return {
    ...dependencies,
    plan: (input: unknown, more: object = {}) =>
      plan({ pipeline: 'flights', execution: 'arn:first', triggerItems: 'manifest', input, ...more }, unheard),
    created: (key: string, more: object = {}) => ({
      source: 'aws.s3',
      'detail-type': 'Object Created',
      detail: { bucket: { name: dependencies.bucket }, object: { key, size: 1, sequencer: '0A', ...more } },
    }),
    record: (submissionId: string) => aws().record(dependencies.tableName, 'flights', submissionId),
  };
};

const variables = ({ environment }: Plan) => Object.fromEntries(environment.map(({ Name, Value }) => [Name, Value]));

/** What the children of an array job read, each with the one request that the job environment allows for. */
const readByChildren = async (plan: Plan): Promise<unknown[]> => {
  const {
    BATCH_PLATFORM_ITEMS_BUCKET: bucket = '',
    BATCH_PLATFORM_ITEMS_KEY: key = '',
    BATCH_PLATFORM_ITEM_COUNT: count,
    BATCH_PLATFORM_ITEM_BYTES: bytes,
  } = variables(plan);
  const length = Number(bytes);
  const children = Array.from({ length: Number(count) }, (_, index) =>
    aws().get(bucket, key, `bytes=${index * length}-${(index + 1) * length - 1}`),
  );
  return (await Promise.all(children)).map((text): unknown => JSON.parse(text));
};

describe('a plan', () => {
  test('turns the lines of a manifest into items that every child finds', async () => {
    const { bucket, plan, created, record } = await started();
    await aws().put(bucket, 'in/list.jsonl', '\uFEFF{"key":"ä"}\r\n"b"\r\n3\r\n\r\n');
    const planned = await plan(created('in/list.jsonl'));

    expect(await readByChildren(planned)).toEqual([{ key: 'ä' }, 'b', 3]);
    const { submissionId, results } = planned;
    expect(planned).toMatchObject({ count: 3, duplicate: false });
    expect(results).toEqual({ bucket, prefix: `submissions/${submissionId}/results/` });
    expect(variables(planned)).toEqual({
      BATCH_PLATFORM_SUBMISSION_ID: submissionId,
      BATCH_PLATFORM_ITEMS_BUCKET: bucket,
      BATCH_PLATFORM_ITEMS_KEY: `submissions/${submissionId}/items.jsonl`,
      BATCH_PLATFORM_ITEM_COUNT: '3',
      BATCH_PLATFORM_ITEM_BYTES: '13',
      BATCH_PLATFORM_RESULTS_BUCKET: bucket,
      BATCH_PLATFORM_RESULTS_PREFIX: results.prefix,
    });
    expect(await record(submissionId)).toEqual({
      pipeline: 'flights',
      submissionId,
      execution: 'arn:first',
      status: 'RUNNING',
      startedAt: 1_000,
      count: 3,
      resultsUri: `s3://${bucket}/${results.prefix}`,
    });
  });

  test('takes the uploaded object itself as the item', async () => {
    const { bucket, plan, created } = await started();
    const planned = await plan(created('in/a b.csv', { 'version-id': 'v1' }), { triggerItems: 'object' });
    expect(await readByChildren(planned)).toEqual([{ bucket, key: 'in/a b.csv', versionId: 'v1' }]);
  });

  test('takes the items of the person who starts the execution', async () => {
    const { plan } = await started();
    expect(await readByChildren(await plan({ items: { list: ['x', 'y'] } }))).toEqual(['x', 'y']);
  });

  test('takes the objects below a prefix', async () => {
    const { bucket, plan } = await started();
    await Promise.all(['in/', 'in/1', 'in/2', 'out/3'].map((key) => aws().put(bucket, key, 'x')));
    const planned = await plan({ items: { prefix: { bucket, prefix: 'in/' } } });
    expect(await readByChildren(planned)).toEqual([
      { bucket, key: 'in/1' },
      { bucket, key: 'in/2' },
    ]);
  });

  test.each(['object', 'manifest'])('has no items for a folder made in the console (%s)', async (triggerItems) => {
    const { plan, created, record } = await started();
    const planned = await plan(created('in/'), { triggerItems });
    expect(planned).toMatchObject({ count: 0, duplicate: false, environment: [] });
    expect(await record(planned.submissionId)).toMatchObject({ status: 'RUNNING', count: 0 });
  });
});

describe('one event, delivered twice', () => {
  test('is planned once', async () => {
    const { plan, created, record } = await started();
    const first = await plan(created('in/a'), { triggerItems: 'object' });
    const second = await plan(created('in/a'), { triggerItems: 'object', execution: 'arn:second' });
    expect(second).toEqual({ ...first, count: 0, duplicate: true, environment: [] });
    expect(await record(first.submissionId)).toMatchObject({ execution: 'arn:first', count: 1 });
  });

  test('is no reason to read anything the second time', async () => {
    const { bucket, plan, created, objects } = await started();
    await aws().put(bucket, 'list', '1\n');
    await plan(created('list'));
    await objects.write({ bucket, key: 'list' }, Buffer.from('not JSON'));
    expect(await plan(created('list'), { execution: 'arn:second' })).toMatchObject({ duplicate: true });
  });

  test('may be planned again by the same execution', async () => {
    const { plan, created } = await started();
    const first = await plan(created('in/a'), { triggerItems: 'object' });
    expect(await plan(created('in/a'), { triggerItems: 'object' })).toEqual(first);
  });

  test('may be planned by another execution after a failure', async () => {
    const { plan, created, table } = await started();
    const { submissionId } = await plan(created('in/a'), { triggerItems: 'object' });
    await table.fail({ pipeline: 'flights', submissionId, execution: 'arn:first' }, { endedAt: 2 });
    const again = await plan(created('in/a'), { triggerItems: 'object', execution: 'arn:second' });
    expect(again).toMatchObject({ submissionId, count: 1, duplicate: false });
  });
});

describe('submission ids', () => {
  test.each([
    ['another write to the key', { sequencer: '0B' }, {}, false],
    ['another version', { 'version-id': 'v2' }, {}, false],
    ['the same version, whatever the sequencer', { 'version-id': 'v1', sequencer: '0C' }, {}, true],
    ['another pipeline', { 'version-id': 'v1' }, { pipeline: 'other' }, false],
    ['another execution', { 'version-id': 'v1' }, { execution: 'arn:second' }, true],
  ])('of %s', async (_, object, more, same) => {
    const { plan, created } = await started();
    const first = await plan(created('k', { 'version-id': 'v1' }), { triggerItems: 'object' });
    const second = await plan(created('k', { 'version-id': undefined, ...object }), {
      triggerItems: 'object',
      ...more,
    });
    expect(second.submissionId === first.submissionId).toBe(same);
  });

  test('of executions started by hand differ, even with the same items', async () => {
    const { plan } = await started();
    const input = { items: { list: [1] } };
    const [first, second] = [await plan(input), await plan(input, { execution: 'arn:second' })];
    expect(second.submissionId).not.toBe(first.submissionId);
    expect(second.duplicate).toBe(false);
  });
});

describe('a plan refuses', () => {
  test.each([
    [{ input: {} }, /^InvalidRequest: the input of the execution must be .* got the fields \(none\)/],
    [{ input: { detail: {} } }, /^InvalidRequest: the input of the execution must be .* got the fields detail/],
    [{ input: 'go' }, /^InvalidRequest: the input of the execution must be .* got a string/],
    [{ input: { items: { list: [1] }, item: 1 } }, /^InvalidRequest: 'input' has no field 'item'; it takes items/],
    [{ triggerItems: 'lines' }, /^InvalidRequest: 'triggerItems' must be 'object' or 'manifest', got a string/],
    [{ pipeline: 'x'.repeat(513) }, /^InvalidRequest: 'pipeline' must have at most 512 characters, got 513/],
    [
      { input: { detail: { bucket: { name: 'other' }, object: { key: 'k' } } } },
      /^UnknownBucket: 'input.detail.bucket' is 'other', which is not known here/,
    ],
    [
      { input: { items: { prefix: { bucket: 'other', prefix: '' } } } },
      /^UnknownBucket: 'input.items.prefix.bucket' is 'other'/,
    ],
    [{ pipeline: undefined }, /^InvalidRequest: 'pipeline' must be a string, got nothing/],
    [{ steps: [] }, /^InvalidRequest: 'request' has no field 'steps'/],
  ])('%j', async (wrong, message) => {
    const { plan } = await started();
    expect(await refusalOf(() => plan({ items: { list: [1] } }, wrong))).toMatch(message);
  });

  test('a manifest that is not there', async () => {
    const { bucket, plan, created } = await started();
    expect(await refusalOf(() => plan(created('gone')))).toContain(
      `MissingManifest: there is no manifest s3://${bucket}/gone`,
    );
  });

  test('a manifest with a bad line, and writes no items', async () => {
    const { bucket, plan, created, objects } = await started();
    await aws().put(bucket, 'list', '1\n{"a":\n');
    expect(await refusalOf(() => plan(created('list')))).toMatch(/^InvalidManifest: line 2 of the manifest/);
    const written: string[] = [];
    for await (const key of objects.keys(bucket, 'submissions/')) written.push(key);
    expect(written).toEqual([]);
  });

  test('to go on when another execution took the submission over in the meantime', async () => {
    const { table, ...rest } = await aws().dependencies();
    const plan = planWith({ ...rest, table: { ...table, update: () => Promise.resolve(undefined) } });
    const request = { pipeline: 'p', execution: 'e', triggerItems: 'object', input: { items: { list: [1] } } };
    expect(await refusalOf(() => plan(request, unheard))).toMatch(/^SupersededSubmission: another execution/);
  });
});
