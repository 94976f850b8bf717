import { describe, expect, test } from 'vitest';
import type { ResultRecord } from '../../../lib/contracts/pipeline';
import { resultsTable } from '../../../lambda/shared/results-table';
import { useAws } from '../aws';
import { refusalOf } from '../support';

const aws = useAws();

const FIRST = { pipeline: 'flights', submissionId: 's1', execution: 'first' };
const SECOND = { ...FIRST, execution: 'second' };

const running = (owned: typeof FIRST): ResultRecord => ({
  ...owned,
  status: 'RUNNING',
  startedAt: 1,
  resultsUri: 's3://data/r/',
});

const newTable = async () => {
  const name = await aws().newTable();
  return { table: resultsTable(aws().dynamodb, name), record: () => aws().record(name, 'flights', 's1') };
};

describe('claiming a submission', () => {
  test('records who works on it', async () => {
    const { table, record } = await newTable();
    expect(await table.claim(running(FIRST))).toBe(true);
    expect(await record()).toEqual(running(FIRST));
  });

  test('works twice for one execution', async () => {
    const { table } = await newTable();
    await table.claim(running(FIRST));
    expect(await table.claim(running(FIRST))).toBe(true);
  });

  test.each(['RUNNING', 'SUCCEEDED'] as const)('is refused to another execution while it is %s', async (status) => {
    const { table, record } = await newTable();
    await table.claim({ ...running(FIRST), status });
    expect(await table.claim(running(SECOND))).toBe(false);
    expect(await record()).toMatchObject({ execution: 'first', status });
  });

  test('is open to another execution after a failure, of which nothing stays', async () => {
    const { table, record } = await newTable();
    await table.claim(running(FIRST));
    await table.fail(FIRST, { error: 'States.TaskFailed', cause: 'no luck', endedAt: 2 });
    expect(await table.claim(running(SECOND))).toBe(true);
    expect(await record()).toEqual(running(SECOND));
  });

  test('is won by one of many', async () => {
    const { table } = await newTable();
    const claims = Array.from({ length: 10 }, (_, index) => table.claim(running({ ...FIRST, execution: `e${index}` })));
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  });
});

describe('changing a record', () => {
  test('keeps what was there, and returns it', async () => {
    const { table, record } = await newTable();
    await table.claim(running(FIRST));
    await table.update(FIRST, { count: 7 });
    const changes = { status: 'SUCCEEDED', outputs: 3, result: '{"a":1}', endedAt: 9, cause: undefined } as const;
    expect(await table.update(FIRST, changes)).toEqual({ count: 7, resultsUri: 's3://data/r/' });
    expect(await record()).toEqual({
      ...running(FIRST),
      count: 7,
      status: 'SUCCEEDED',
      outputs: 3,
      result: '{"a":1}',
      endedAt: 9,
    });
  });

  test('is refused to another execution, and to one without a record', async () => {
    const { table, record } = await newTable();
    expect(await table.update(FIRST, { count: 7 })).toBeUndefined();
    await table.claim(running(FIRST));
    expect(await table.update(SECOND, { count: 7 })).toBeUndefined();
    expect(await record()).toEqual(running(FIRST));
  });
});

describe('marking a submission failed', () => {
  test('creates the record that a failed plan could not', async () => {
    const { table, record } = await newTable();
    await table.fail(FIRST, { error: 'Lambda.Unknown', endedAt: 2 });
    expect(await record()).toEqual({ ...FIRST, status: 'FAILED', error: 'Lambda.Unknown', endedAt: 2 });
  });

  test('leaves the record of another execution alone', async () => {
    const { table, record } = await newTable();
    await table.claim(running(FIRST));
    expect(await table.fail(SECOND, { endedAt: 2 })).toBeUndefined();
    expect(await record()).toEqual(running(FIRST));
  });

  test('leaves a success alone: the results are there, whatever fails later', async () => {
    const { table, record } = await newTable();
    await table.claim(running(FIRST));
    await table.update(FIRST, { status: 'SUCCEEDED' });
    expect(await table.fail(FIRST, { endedAt: 2 })).toBeUndefined();
    expect(await record()).toMatchObject({ status: 'SUCCEEDED' });
  });
});

test('fails as the service does when there is no table', async () => {
  expect(await refusalOf(() => resultsTable(aws().dynamodb, 'nowhere').claim(running(FIRST)))).toMatch(
    /^ResourceNotFoundException/,
  );
});
