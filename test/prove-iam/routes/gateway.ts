import { InvokeCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Route, Visit } from '../subject';
import { succeeds } from './jobs';
import { holdsMessages } from './messages';

/** A submission gateway in a stack, and a job that it knows. */
export interface Gateway {
  readonly job: string;
  readonly queue: string;
}

const FUNCTION = 'GatewayFunction';
/** AWS tries an asynchronous request again after one minute and after two. */
const RETRIES_MS = 200_000;

const submit = async (visit: Visit, request: unknown): Promise<string> => {
  const { Payload, FunctionError } = await visit.clients.lambda.send(
    new InvokeCommand({ FunctionName: visit.id(FUNCTION), Payload: JSON.stringify(request) }),
  );
  const answer = Payload?.transformToString() ?? '';
  expect(FunctionError, answer).toBeUndefined();
  return answer;
};

const jobIdIn = (answer: string): string => /"jobId":"([^"]+)"/.exec(answer)?.[1] ?? 'none';

const bucketOf = (visit: Visit): string => visit.id('PlatformData');

const put = (visit: Visit, Key: string, Body: string) =>
  visit.clients.s3.send(new PutObjectCommand({ Bucket: bucketOf(visit), Key, Body }));

/** A list of items becomes an array job that ends. */
const takesAList =
  ({ job, queue }: Gateway): Route =>
  async (visit) => {
    await succeeds(visit, jobIdIn(await submit(visit, { job, queue, items: { list: [1, 2] } })));
  };

const looksForEarlier =
  ({ job }: Gateway): Route =>
  async (visit) => {
    const [first, second] = [
      await submit(visit, { job, idempotencyKey: 'k' }),
      await submit(visit, { job, idempotencyKey: 'k' }),
    ];
    expect(jobIdIn(second)).toBe(jobIdIn(first));
  };

const readsItems =
  ({ job }: Gateway): Route =>
  async (visit) => {
    await put(visit, 'in/a', 'a');
    const prefix = { bucket: bucketOf(visit), prefix: 'in/' };
    await submit(visit, { job, items: { prefix } });
    const { VersionId: versionId } = await put(visit, 'list.jsonl', '1\n2\n');
    const manifest = { bucket: bucketOf(visit), key: 'list.jsonl' };
    await submit(visit, { job, items: { manifest } });
    await submit(visit, { job, items: { manifest: { ...manifest, versionId } } });
  };

/** A request that nobody waits for and that fails is kept. */
const keepsRequests: Route = async (visit) => {
  const request = { FunctionName: visit.id(FUNCTION), InvocationType: 'Event', Payload: '{"job":"none"}' } as const;
  await visit.clients.lambda.send(new InvokeCommand(request));
  await holdsMessages(visit, 'GatewayDeadLetters', () => visit.advance(RETRIES_MS));
};

export const gatewayRoutes = (gateway: Gateway): Readonly<Record<string, Route>> => ({
  'a list of items becomes an array job': takesAList(gateway),
  'a request that is repeated': looksForEarlier(gateway),
  'items below a prefix and in a manifest': readsItems(gateway),
  'a request that fails': keepsRequests,
});
