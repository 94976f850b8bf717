import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { machineOf, runOf } from '../kit/machines';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const READER = 'step-functions/latest/dg/input-output-itemreader.html';
const BATCHER = 'step-functions/latest/dg/input-output-itembatcher.html';
const WRITER = 'step-functions/latest/dg/input-output-resultwriter.html';
const MAP = 'step-functions/latest/dg/state-map-distributed.html';

const ALLOW = [{ Effect: 'Allow', Action: ['s3:*', 'states:StartExecution'], Resource: '*' }];

/** A bucket with objects, emptied and deleted after the row. */
const bucketOf = async ({ clients: { s3 }, name, cleanup }: Target, objects: Readonly<Record<string, string>>) => {
  const Bucket = name('bucket');
  await s3.send(new CreateBucketCommand({ Bucket }));
  cleanup(async () => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length > 0) {
      await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }));
    }
    await s3.send(new DeleteBucketCommand({ Bucket }));
  });
  for (const [Key, Body] of Object.entries(objects)) await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  return Bucket;
};

const PASS = { StartAt: 'Each', States: { Each: { Type: 'Pass', End: true } } };
const FAIL_ON_ODD = {
  StartAt: 'Odd',
  States: {
    Odd: { Type: 'Choice', Choices: [{ Variable: '$.odd', BooleanEquals: true, Next: 'No' }], Default: 'Yes' },
    No: { Type: 'Fail', Error: 'Odd' },
    Yes: { Type: 'Pass', End: true },
  },
};

/** What a distributed Map makes of its items. */
const run = async (
  target: Target,
  more: Readonly<Record<string, unknown>>,
  input: unknown = {},
  processor: object = PASS,
) => {
  const ItemProcessor = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...processor };
  const States = { Run: { Type: 'Map', End: true, ItemProcessor, ...more } };
  const execution = await runOf(target, await machineOf(target, { StartAt: 'Run', States }, ALLOW), input);
  const output: unknown = JSON.parse(execution.output ?? 'null');
  return { ...execution, result: output };
};

const getObject = (Bucket: string, Key: string, ReaderConfig: object) => ({
  ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket, Key }, ReaderConfig },
});

const ODDS = [{ odd: true }, { odd: false }, { odd: true }, { odd: false }];

export const distributedMap = table('Step Functions', 'Distributed Map', [
  {
    behaviour: 'the items of a JSON array, of JSON lines and of a CSV file in a bucket are read',
    source: READER,
    test: async (target) => {
      const Bucket = await bucketOf(target, {
        'a.json': '[1,{"b":2}]',
        'a.jsonl': '{"n":1}\n{"n":2}\n',
        'a.csv': 'id,name\n1,"Jane, ""J"""\n2,Bob\n',
      });
      expect((await run(target, getObject(Bucket, 'a.json', { InputType: 'JSON' }))).result).toEqual([1, { b: 2 }]);
      expect((await run(target, getObject(Bucket, 'a.jsonl', { InputType: 'JSONL' }))).result).toEqual([
        { n: 1 },
        { n: 2 },
      ]);
      const csv = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };
      expect((await run(target, getObject(Bucket, 'a.csv', csv))).result).toEqual([
        { id: '1', name: 'Jane, "J"' },
        { id: '2', name: 'Bob' },
      ]);
      const given = { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['x', 'y'], MaxItems: 1 };
      expect((await run(target, getObject(Bucket, 'a.csv', given))).result).toEqual([{ x: 'id', y: 'name' }]);
    },
  },
  {
    behaviour: 'the objects of a listing are the items',
    source: READER,
    test: async (target) => {
      const Bucket = await bucketOf(target, { 'in/a': '1', 'in/b': '22', 'out/c': ' ' });
      const ItemReader = { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters: { Bucket, Prefix: 'in/' } };
      expect((await run(target, { ItemReader })).result).toMatchObject([
        { Key: 'in/a', Size: 1 },
        { Key: 'in/b', Size: 2 },
      ]);
    },
  },
  {
    behaviour: 'a file that is not there fails the state with States.ItemReaderFailed',
    source: READER,
    test: async (target) => {
      const Bucket = await bucketOf(target, {});
      expect(await run(target, getObject(Bucket, 'nope', { InputType: 'JSON' }))).toMatchObject({
        error: 'States.ItemReaderFailed',
      });
    },
  },
  {
    behaviour: 'items go to child executions in batches, with what is the same for all',
    source: BATCHER,
    test: async (target) => {
      const ItemBatcher = { MaxItemsPerBatch: 2, BatchInput: { 'fact.$': '$.fact' } };
      const { result } = await run(target, { ItemBatcher, ItemsPath: '$.items' }, { items: [1, 2, 3], fact: 'x' });
      expect(result).toEqual([
        { BatchInput: { fact: 'x' }, Items: [1, 2] },
        { BatchInput: { fact: 'x' }, Items: [3] },
      ]);
    },
  },
  {
    behaviour: 'batches hold at most so many bytes',
    source: BATCHER,
    test: async (target) => {
      const ItemBatcher = { MaxInputBytesPerBatch: 10 };
      expect((await run(target, { ItemBatcher }, ['aaaa', 'bbbb', 'c'])).result).toEqual([
        { Items: ['aaaa'] },
        { Items: ['bbbb', 'c'] },
      ]);
    },
  },
  {
    behaviour: 'a failed child execution fails the state, unless failures are tolerated, by number or in percent',
    source: MAP,
    test: async (target) => {
      const tolerate = (more: Readonly<Record<string, unknown>>) => run(target, more, ODDS, FAIL_ON_ODD);
      const exceeded = { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' };
      expect(await tolerate({})).toMatchObject(exceeded);
      expect(await tolerate({ ToleratedFailureCount: 1 })).toMatchObject(exceeded);
      expect(await tolerate({ ToleratedFailurePercentage: 49 })).toMatchObject(exceeded);
      expect(await tolerate({ ToleratedFailureCount: 2 })).toMatchObject({
        status: 'SUCCEEDED',
        result: [{ odd: false }, { odd: false }],
      });
      expect(await tolerate({ ToleratedFailurePercentage: 50 })).toMatchObject({ status: 'SUCCEEDED' });
    },
  },
  {
    behaviour: 'sizes of batches and tolerated failures come from the input where a path says so',
    source: MAP,
    test: async (target) => {
      const paths = { ToleratedFailureCountPath: '$.count', ItemsPath: '$.items' };
      const tolerate = async (count: number) => (await run(target, paths, { count, items: ODDS }, FAIL_ON_ODD)).status;
      expect([await tolerate(1), await tolerate(2)]).toEqual(['FAILED', 'SUCCEEDED']);
      const percent = { ToleratedFailurePercentagePath: '$.percent', ItemsPath: '$.items' };
      expect((await run(target, percent, { percent: 50, items: ODDS }, FAIL_ON_ODD)).status).toBe('SUCCEEDED');
      const ItemBatcher = { MaxItemsPerBatchPath: '$.size' };
      const batched = await run(target, { ItemBatcher, ItemsPath: '$.items' }, { size: 2, items: [1, 2, 3] });
      expect(batched.result).toEqual([{ Items: [1, 2] }, { Items: [3] }]);
    },
  },
  {
    behaviour: 'results are written to a bucket: a manifest, what succeeded and what failed',
    source: WRITER,
    test: async (target) => {
      const Bucket = await bucketOf(target, {});
      const ResultWriter = { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket, Prefix: 'results' } };
      const { result } = await run(target, { ResultWriter, ToleratedFailurePercentage: 100 }, ODDS, FAIL_ON_ODD);
      expect(result).toMatchObject({ ResultWriterDetails: { Bucket } });
      const Key = /"Key":"(results\/[^"]+\/manifest\.json)"/.exec(JSON.stringify(result))?.at(1);
      const read = async (key: string | undefined): Promise<unknown> => {
        const { Body } = await target.clients.s3.send(new GetObjectCommand({ Bucket, Key: key }));
        return JSON.parse((await Body?.transformToString()) ?? 'null');
      };
      const folder = Key?.replace('manifest.json', '') ?? '';
      expect(await read(Key)).toMatchObject({
        DestinationBucket: Bucket,
        ResultFiles: {
          FAILED: [{ Key: `${folder}FAILED_0.json` }],
          PENDING: [],
          SUCCEEDED: [{ Key: `${folder}SUCCEEDED_0.json` }],
        },
      });
      expect(await read(`${folder}SUCCEEDED_0.json`)).toMatchObject([
        { Status: 'SUCCEEDED', Input: '{"odd":false}', Output: '{"odd":false}' },
        { Status: 'SUCCEEDED' },
      ]);
      expect(await read(`${folder}FAILED_0.json`)).toMatchObject([
        { Status: 'FAILED', Error: 'Odd' },
        { Status: 'FAILED' },
      ]);
    },
  },
  {
    behaviour: 'child executions do not see the variables of the machine',
    source: 'step-functions/latest/dg/workflow-variables.html',
    test: async (target) => {
      const processor = {
        StartAt: 'Use',
        States: { Use: { Type: 'Pass', Parameters: { 'x.$': '$outer' }, End: true } },
      };
      const ItemProcessor = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...processor };
      const States = {
        Keep: { Type: 'Pass', Assign: { outer: 1 }, Result: [1], Next: 'Run' },
        Run: { Type: 'Map', End: true, ItemProcessor },
      };
      const execution = await runOf(target, await machineOf(target, { StartAt: 'Keep', States }, ALLOW));
      expect(execution.status).toBe('FAILED');
    },
  },
]);
