import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { runtimeBundle } from '../bundle';
import { ROLE, zip } from './support';

let endpoint: Endpoint;
let client: LambdaClient;
beforeAll(async () => {
  endpoint = await startEndpoint({ lambdaRuntime: runtimeBundle(), iam: 'off' });
  const { url, credentials } = endpoint;
  client = new LambdaClient({ endpoint: url, credentials, region: 'us-east-1', maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

const FunctionName = 'twice';

test('the SDK creates a function, invokes it and deletes it', async () => {
  const source = `exports.handler = async ({ n }) => {
    if (n === undefined) throw new TypeError('n is missing');
    return n * 2;
  };`;
  await client.send(
    new CreateFunctionCommand({
      ...{ FunctionName, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE },
      Code: { ZipFile: zip({ 'index.js': source }) },
    }),
  );
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 10 }, { FunctionName });

  const good = await client.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from('{"n":21}'), LogType: 'Tail' }),
  );
  expect([good.StatusCode, good.FunctionError, good.Payload?.transformToString()]).toEqual([200, undefined, '42']);
  expect(Buffer.from(good.LogResult ?? '', 'base64').toString()).toContain('START RequestId:');

  const bad = await client.send(new InvokeCommand({ FunctionName }));
  expect(bad.FunctionError).toBe('Unhandled');
  expect(JSON.parse(bad.Payload?.transformToString() ?? '')).toMatchObject({ errorType: 'TypeError' });

  const later = await client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));
  expect(later.StatusCode).toBe(202);

  const config = await client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0 }));
  expect(config.LastModified).toBeInstanceOf(Date);

  await client.send(new DeleteFunctionCommand({ FunctionName }));
  await expect(client.send(new GetFunctionCommand({ FunctionName }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
