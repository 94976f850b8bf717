import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListLayersCommand,
  RemovePermissionCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Call, Operation, Output } from '../../../local/core/service';
import { startFront, type TestFront } from './front';

let front: TestFront;
let lambda: LambdaClient;
let calls: Call[];
let invocation: Output;

const remember =
  (output: () => Output): Operation =>
  (_input, call) => {
    calls.push(call);
    return output();
  };

beforeEach(async () => {
  calls = [];
  invocation = { StatusCode: 200 };
  front = await startFront('lambda', {
    CreateFunction: remember(() => ({ FunctionName: 'f', State: 'Active' })),
    GetFunction: remember(() => ({ Configuration: { FunctionName: 'f' } })),
    GetFunctionConfiguration: remember(() => ({ FunctionName: 'f' })),
    DeleteFunction: remember(() => ({})),
    ListFunctions: remember(() => ({ Functions: [{ FunctionName: 'f' }] })),
    RemovePermission: remember(() => ({})),
    UntagResource: remember(() => ({})),
    Invoke: remember(() => invocation),
  });
  lambda = new LambdaClient(front.options);
});
afterEach(() => front.close());

const asked = () => calls.map(({ operation, input }) => ({ operation, input }));

describe('the routes of Lambda', () => {
  test('code is base64 in JSON', async () => {
    const ZipFile = Buffer.from([0, 255, 1]);
    const Role = 'arn:aws:iam::000000000000:role/r';
    const created = await lambda.send(new CreateFunctionCommand({ FunctionName: 'f', Role, Code: { ZipFile } }));
    expect(created).toMatchObject({ State: 'Active', $metadata: { httpStatusCode: 201 } });
    expect(asked()).toEqual([
      { operation: 'CreateFunction', input: { FunctionName: 'f', Role, Code: { ZipFile: 'AP8B' } } },
    ]);
  });

  test('a name may be an ARN, and a qualifier is in the query', async () => {
    const FunctionName = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    await lambda.send(new GetFunctionCommand({ FunctionName, Qualifier: '1' }));
    await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }));
    await lambda.send(new ListFunctionsCommand({ MaxItems: 5 }));
    await lambda.send(new RemovePermissionCommand({ FunctionName: 'f', StatementId: 's' }));
    await lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' }));
    await lambda.send(new UntagResourceCommand({ Resource: FunctionName, TagKeys: ['a', 'b'] }));
    expect(asked()).toEqual([
      { operation: 'GetFunction', input: { FunctionName, Qualifier: '1' } },
      { operation: 'GetFunctionConfiguration', input: { FunctionName: 'f' } },
      { operation: 'ListFunctions', input: { MaxItems: '5' } },
      { operation: 'RemovePermission', input: { FunctionName: 'f', StatementId: 's' } },
      { operation: 'DeleteFunction', input: { FunctionName: 'f' } },
      { operation: 'UntagResource', input: { Resource: FunctionName, TagKeys: ['a', 'b'] } },
    ]);
  });

  test('refuses a path that it does not know', async () => {
    await expect(lambda.send(new ListLayersCommand({}))).rejects.toThrow('GET /2018-10-31/layers of lambda');
  });
});

describe('an invocation', () => {
  test('carries its payload both ways as it is', async () => {
    invocation = { StatusCode: 200, Payload: '{"b":"ä"}', ExecutedVersion: '$LATEST' };
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'f', Payload: '{"a":1}' }));
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(answer.Payload?.transformToString()).toBe('{"b":"ä"}');
    expect(calls[0].input).toMatchObject({ FunctionName: 'f', Payload: Buffer.from('{"a":1}') });
  });

  test('of a function that fails says so', async () => {
    invocation = { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from('{"errorMessage":"no"}') };
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'f' }));
    expect(answer.FunctionError).toBe('Unhandled');
    expect(answer.Payload?.transformToString()).toBe('{"errorMessage":"no"}');
  });

  test('that nobody waits for is accepted', async () => {
    invocation = { StatusCode: 202 };
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event' }));
    expect(answer.StatusCode).toBe(202);
    expect(calls[0].input).toMatchObject({ InvocationType: 'Event' });
  });

  test('comes from whom the access key belongs to, and has the id of its request', async () => {
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'f' }));
    expect(calls[0].principal.arn).toBe('arn:aws:iam::000000000000:user/deployer');
    expect(calls[0].requestId).toBe(answer.$metadata.requestId);
  });
});
