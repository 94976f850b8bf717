import { InvokeCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Route, Visit } from '../subject';
import { succeeds } from './jobs';
import { holdsMessages } from './messages';

/** A submission gateway in a stack, and a job that it knows. */
export interface Gateway {
  /** The beginning of the logical ids of its parts. */
  readonly id: string;
  readonly job: string;
  /** A queue that it knows, other than that of the job. */
  readonly queue?: string;
}

/** AWS tries an asynchronous request again after one minute and after two. */
const RETRIES_MS = 200_000;

/** Submits the job of a gateway; gives the answer of its function. */
const submit = async (visit: Visit, { id, job }: Gateway, request: object): Promise<string> => {
  const { Payload, FunctionError } = await visit.clients.lambda.send(
    new InvokeCommand({ FunctionName: visit.id(`${id}Function`), Payload: JSON.stringify({ job, ...request }) }),
  );
  const answer = Payload?.transformToString() ?? '';
  expect(FunctionError, answer).toBeUndefined();
  return answer;
};

const jobIdIn = (answer: string): string => /"jobId":"([^"]+)"/.exec(answer)?.[1] ?? 'none';

/** A list of items becomes an array job that ends. */
const takesAList =
  (gateway: Gateway): Route =>
  async (visit) => {
    const { queue } = gateway;
    await succeeds(visit, jobIdIn(await submit(visit, gateway, { queue, items: { list: [1, 2] } })));
  };

const looksForEarlier =
  (gateway: Gateway): Route =>
  async (visit) => {
    const first = await submit(visit, gateway, { idempotencyKey: 'k' });
    const second = await submit(visit, gateway, { idempotencyKey: 'k' });
    expect(jobIdIn(second)).toBe(jobIdIn(first));
  };

const readsItems =
  (gateway: Gateway): Route =>
  async (visit) => {
    const bucket = visit.id('PlatformData');
    const put = (Key: string, Body: string) =>
      visit.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    await put('items/a', 'a');
    await submit(visit, gateway, { items: { prefix: { bucket, prefix: 'items/' } } });
    const { VersionId: versionId } = await put('items/list.jsonl', '1\n2\n');
    const manifest = { bucket, key: 'items/list.jsonl' };
    await submit(visit, gateway, { items: { manifest } });
    await submit(visit, gateway, { items: { manifest: { ...manifest, versionId } } });
  };

/** A request that nobody waits for and that fails is kept. */
const keepsRequests =
  ({ id }: Gateway): Route =>
  async (visit) => {
    const FunctionName = visit.id(`${id}Function`);
    await visit.clients.lambda.send(
      new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: '{"job":"none"}' }),
    );
    await holdsMessages(visit, `${id}DeadLetters`, () => visit.advance(RETRIES_MS));
  };

export const gatewayRoutes = (gateway: Gateway): Readonly<Record<string, Route>> => ({
  'a list of items becomes an array job': takesAList(gateway),
  'a request that is repeated': looksForEarlier(gateway),
  'items below a prefix and in a manifest': readsItems(gateway),
  'a request that fails': keepsRequests(gateway),
});
