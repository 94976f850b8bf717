import Ajv from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planRequestOf } from '../../lambda/plan/request';
import { submissionOf } from '../../lambda/submit/request';
import { EXECUTION_INPUT_SCHEMA, SUBMISSION_REQUEST_SCHEMA } from '../../lib/contracts/submission-schema';
import { schemaPage } from '../support/page';
import { allOf } from '../lambda/support';

const ajv = new Ajv();

const BUCKETS = ['data'];

/** Everything is known here, so that only the form of a request decides. */
const TARGETS = {
  jobs: { delays: { jobDefinition: 'd', queue: 'q', shareIdentifier: 'a-b_C1' } },
  queues: { q: { arn: 'q', shared: true } },
};

const accepts = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch {
    return false;
  }
};

const bySchema = {
  request: (value: unknown) => ajv.validate(SUBMISSION_REQUEST_SCHEMA, value) === true,
  input: (value: unknown) => ajv.validate(EXECUTION_INPUT_SCHEMA, value) === true,
};

const byReader = {
  request: (value: unknown) => accepts(() => submissionOf(value, TARGETS, allOf(...BUCKETS))),
  input: (input: unknown) =>
    accepts(() => planRequestOf({ pipeline: 'p', execution: 'e', triggerItems: 'object', input }, allOf(...BUCKETS))),
};

const ITEMS: readonly (readonly [unknown, boolean])[] = [
  [{ list: [] }, true],
  [{ list: ['a', 1, false, [], {}, { a: null }] }, true],
  [{ list: [null] }, false],
  [{ list: 'a' }, false],
  [{ list: Array.from({ length: 10_000 }, () => 1) }, true],
  [{ list: Array.from({ length: 10_001 }, () => 1) }, false],
  [{ prefix: { bucket: 'data', prefix: '' } }, true],
  [{ prefix: { bucket: 'data', prefix: '🛫'.repeat(1_024) } }, true],
  [{ prefix: { bucket: 'data', prefix: 'x'.repeat(1_025) } }, false],
  [{ prefix: { bucket: '', prefix: '' } }, false],
  [{ prefix: { bucket: 'data' } }, false],
  [{ manifest: { bucket: 'data', key: 'k' } }, true],
  [{ manifest: { bucket: 'data', key: 'k', versionId: 'v' } }, true],
  [{ manifest: { bucket: 'data', key: '' } }, false],
  [{ manifest: { bucket: 'data', key: 'k', version: 'v' } }, false],
  [{ manifest: { bucket: 'data', key: 'k' }, list: [] }, false],
  [{}, false],
  [[], false],
  [null, false],
];

const FIELDS: readonly (readonly [object, boolean])[] = [
  [{}, true],
  [{ queue: 'q' }, true],
  [{ queue: '' }, false],
  [{ job: '' }, false],
  [{ job: 7 }, false],
  [{ jobs: 'delays' }, false],
  [{ parameters: {} }, true],
  [{ parameters: { 'input-file.v2': 'a\nb' } }, true],
  [{ parameters: { year: 2001 } }, false],
  [{ parameters: { '': 'a' } }, false],
  [{ parameters: { 'a b': 'a' } }, false],
  [{ parameters: { a: 'a\0' } }, false],
  [{ parameters: { ['x'.repeat(256)]: 'a' } }, true],
  [{ parameters: { ['x'.repeat(257)]: 'a' } }, false],
  [{ parameters: [] }, false],
  [{ parameters: null }, false],
  [{ environment: { MODE: '' } }, true],
  [{ environment: { AWS_BATCH_JOB_ID: 'a' } }, false],
  [{ environment: { BATCH_PLATFORM_ITEMS_KEY: 'a' } }, false],
  [{ environment: { NODE_OPTIONS: 'a' } }, false],
  [{ environment: { LD_PRELOAD: 'a' } }, false],
  [{ environment: { RUBYOPT: 'a' } }, false],
  [{ environment: { RUBY: 'a' } }, true],
  [{ environment: { MY_PATH: 'a' } }, true],
  [{ environment: { AWS_ENDPOINT_URL: 'a' } }, false],
  [{ environment: { https_proxy: 'a' } }, false],
  [{ environment: { PATHS: 'a' } }, true],
  [{ environment: { BATCH_PLATFORM_ITEMS_KEY_2: 'a' } }, true],
  [{ environment: { 'A=B': 'a' } }, false],
  [{ shareIdentifier: 'a-b_C1' }, true],
  [{ shareIdentifier: 'a b' }, false],
  [{ idempotencyKey: '🛫'.repeat(256) }, true],
  [{ idempotencyKey: 'x'.repeat(257) }, false],
  [{ idempotencyKey: '' }, false],
];

describe('the schema of a submission request and the function agree', () => {
  test.each(ITEMS)('on the items %#', (items, isRight) => {
    expect([bySchema.request({ job: 'delays', items }), byReader.request({ job: 'delays', items })]).toEqual([
      isRight,
      isRight,
    ]);
    expect([bySchema.input({ items }), byReader.input({ items })]).toEqual([isRight, isRight]);
  });

  test.each(FIELDS)('on %j', (fields, isRight) => {
    const request = { job: 'delays', ...fields };
    expect([bySchema.request(request), byReader.request(request)]).toEqual([isRight, isRight]);
  });

  test.each([undefined, null, 'delays', [], {}, { items: { list: [1] } }])('on %j, which is no request', (request) => {
    expect([bySchema.request(request), byReader.request(request)]).toEqual([false, false]);
  });

  test('on any JSON in any field', () => {
    const name = fc.constantFrom('a', '', 'AWS_BATCH', 'a=b', 'list', 'prefix', 'manifest', 'bucket', 'key', 'x y');
    const text = fc.constantFrom('delays', 'q', 'data', '', 'a\0', '🛫');
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(text, fc.constant(null), fc.integer(), fc.boolean()),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(name, tie('json'), { maxKeys: 3 }),
      ),
    }));
    const field = fc.oneof(text, json);
    const request = fc.record(
      {
        ...{
          job: fc.oneof({ weight: 4, arbitrary: fc.constant('delays') }, fc.constantFrom('', 7)),
          queue: fc.constantFrom('q', '', 1),
        },
        ...{ items: json, parameters: json, environment: json, shareIdentifier: fc.constantFrom('a-b_C1', 'a b', 1) },
        ...{ idempotencyKey: field },
      },
      { requiredKeys: ['job'] },
    );
    fc.assert(
      fc.property(request, (value) => {
        expect(byReader.request(value)).toBe(bySchema.request(value));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the schemas', () => {
  test.each([
    ['submission-request.schema.json', SUBMISSION_REQUEST_SCHEMA],
    ['pipeline-input.schema.json', EXECUTION_INPUT_SCHEMA],
  ])('are in docs/%s for other languages and editors; `npm run docs` writes it', async (name, schema) => {
    const { expected, actual } = await schemaPage(name, schema);
    expect(actual).toBe(expected);
  });
});
