import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { COLLECT_ENV, PLAN_ENV } from '../../lib/contracts/pipeline';
import { SUBMIT_ENV } from '../../lib/contracts/submission';
import { useAws } from './aws';
import { allOf, CALL, refusalOf } from './support';

const aws = useAws();

let lines: string[];

beforeEach(() => {
  lines = [];
  vi.resetModules();
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  vi.stubEnv('AWS_ENDPOINT_URL', aws().url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('the functions, wired by their environment', () => {
  test('plan and collect a submission, with a line of log for each', async () => {
    const { bucket, tableName } = await aws().dependencies();
    vi.stubEnv(PLAN_ENV.bucket, bucket);
    vi.stubEnv(PLAN_ENV.sources, JSON.stringify(allOf(bucket)));
    vi.stubEnv(PLAN_ENV.table, tableName);
    vi.stubEnv(COLLECT_ENV.table, tableName);
    const owner = { pipeline: 'flights', execution: 'arn:first' };
    const { handler: plan } = await import('../../lambda/plan');
    const { handler: collect } = await import('../../lambda/collect');

    const input = { items: { list: ['a', 'b'] } };
    const planned = await plan({ ...owner, triggerItems: 'object', input }, CALL);
    expect(await collect({ ...owner, plan: planned }, CALL)).toMatchObject({ status: 'SUCCEEDED', count: 2 });
    const facts = { requestId: 'request-1', level: 'INFO', submissionId: planned.submissionId, count: 2 };
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([facts, { ...facts, status: 'SUCCEEDED' }]);
  });

  test('refuse a submission of an unknown job, and log why', async () => {
    vi.stubEnv(SUBMIT_ENV.bucket, 'data');
    vi.stubEnv(SUBMIT_ENV.sources, '[]');
    vi.stubEnv(SUBMIT_ENV.targets, '{"jobs":{},"queues":{}}');
    const { handler: submit } = await import('../../lambda/submit');
    const request = { job: 'delays', environment: { TOKEN: 'hush' } };
    expect(await refusalOf(() => submit(request, CALL))).toMatch(/^UnknownJob/);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ level: 'ERROR', error: 'UnknownJob' }]);
    expect(lines.join('')).not.toContain('hush');
  });

  test.each([
    ['plan', () => import('../../lambda/plan'), PLAN_ENV.table],
    ['collect', () => import('../../lambda/collect'), COLLECT_ENV.table],
    ['submit', () => import('../../lambda/submit'), SUBMIT_ENV.targets],
  ])('fail to start without their environment: %s', async (_, start, name) => {
    vi.stubEnv(name, '');
    expect(await refusalOf(start)).toBe(
      `Error: the environment variable ${name} is not set: deploy this function with its construct`,
    );
  });
});
