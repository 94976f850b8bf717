import { BatchClient, DescribeJobsCommand } from '@aws-sdk/client-batch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clientOptions } from '../../examples/flights/demo/client';
import { deployStack } from '../../examples/flights/demo/cli';
import { startEndpointProcess, type RunningEndpoint } from '../../examples/flights/demo/endpoint';
import { PATHS } from '../../examples/flights/demo/paths';
import { clientEnvironment } from '../../local/environment';

interface Answer {
  readonly jobId?: string;
  readonly count?: number;
  readonly duplicate?: boolean;
  readonly errorType?: string;
  readonly errorMessage?: string;
}

const isAnswer = (value: unknown): value is Answer => typeof value === 'object' && value !== null;

/** The submission gateway as a person uses it: the deployed function, invoked with the SDK. */
describe('the render example', () => {
  let endpoint: RunningEndpoint;
  let outputs: Readonly<Record<string, unknown>>;
  const scratch = mkdtempSync(join(tmpdir(), 'render-e2e-'));
  const client = () => clientOptions(endpoint);

  const submit = async (request: unknown): Promise<Answer> => {
    const { Payload } = await new LambdaClient(client()).send(
      new InvokeCommand({ FunctionName: String(outputs.Function), Payload: JSON.stringify(request) }),
    );
    const answer: unknown = JSON.parse(Payload?.transformToString() ?? 'null');
    if (!isAnswer(answer)) throw new Error('the function answered nothing');
    return answer;
  };

  const job = async (id: string | undefined) => {
    const { jobs } = await new BatchClient(client()).send(new DescribeJobsCommand({ jobs: [id ?? ''] }));
    return jobs?.at(0);
  };

  const ended = (id: string | undefined) =>
    vi.waitFor(
      async () => {
        const found = await job(id);
        expect(found?.status).toBe('SUCCEEDED');
        return found;
      },
      { timeout: 60_000, interval: 200 },
    );

  const logged = async (): Promise<readonly (string | undefined)[]> => {
    const { events = [] } = await new CloudWatchLogsClient(client()).send(
      new FilterLogEventsCommand({ logGroupName: String(outputs.LogGroup), filterPattern: '"in quality"' }),
    );
    return events.map(({ message }) => message?.trim());
  };

  beforeAll(async () => {
    endpoint = await startEndpointProcess({});
    const environment = clientEnvironment(endpoint.url, process.env);
    const never = new AbortController().signal;
    outputs = await deployStack({ app: PATHS.renderApp, stack: 'Render', scratch }, environment, never);
  });

  afterAll(async () => {
    await endpoint.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  test('submits nothing for no items', async () => {
    const receipt = await submit({ job: 'frames', items: { list: [] } });
    expect(receipt).toMatchObject({ count: 0 });
    expect(receipt.jobId).toBeUndefined();
  });

  test.each([
    ['a request without items', undefined],
    ['one item', { list: ['frame-0'] }],
  ])('submits a plain job for %s', async (_, items) => {
    const receipt = await submit({ job: 'frames', items });
    expect(receipt).toMatchObject({ count: 1 });
    expect((await ended(receipt.jobId))?.arrayProperties?.size).toBeUndefined();
  });

  test('submits an array job for several items, to the queue and with the parameters of the request', async () => {
    const items = { list: ['frame-0', 'frame-1', 'frame-2'] };
    const receipt = await submit({ job: 'frames', queue: 'urgent', parameters: { quality: 'final' }, items });
    const found = await ended(receipt.jobId);
    expect(found?.arrayProperties?.size).toBe(3);
    expect(found?.jobQueue).toContain('urgent');
    expect([...(await logged())].filter((line) => line?.endsWith('final')).sort()).toEqual(
      [0, 1, 2].map((index) => `frame ${index} in quality final`),
    );
  });

  test('answers a repeated request with the job of the first one', async () => {
    const request = { job: 'frames', idempotencyKey: 'release-7' };
    const [first, second] = [await submit(request), await submit(request)];
    expect(first).toMatchObject({ duplicate: false });
    expect(second).toMatchObject({ duplicate: true, jobId: first.jobId });
  });

  test.each([
    ['an unknown job', { job: 'nowhere' }, 'UnknownJob', 'frames'],
    ['an unknown queue', { job: 'frames', queue: 'nowhere' }, 'UnknownQueue', 'urgent'],
    ['a misspelt field', { job: 'frames', itmes: [] }, 'InvalidRequest', 'itmes'],
    ['10,001 items', { job: 'frames', items: { list: new Array(10_001).fill(1) } }, 'TooManyItems', '10000'],
  ])('refuses %s by name, and says what is allowed', async (_, request, name, hint) => {
    const { errorType, errorMessage } = await submit(request);
    expect(errorType).toBe(name);
    expect(errorMessage).toContain(hint);
  });
});
