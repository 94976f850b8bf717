import { notSupported } from '../core/errors';
import type { Input, Output } from '../core/service';
import { parseJson } from './json-body';
import { matchLambdaRoute } from './lambda-routes';
import type { Answer, Protocol } from './protocol';
import { header, type WireRequest } from './request';
import { queryInput, restJson } from './rest-json';

const INVOKE_HEADERS = [
  ['x-amz-invocation-type', 'InvocationType'],
  ['x-amz-log-type', 'LogType'],
  ['x-amz-client-context', 'ClientContext'],
] as const;

/** The payload of an invocation is the body itself, its options are headers. */
const readInvoke = (request: WireRequest): Input => ({
  ...Object.fromEntries(INVOKE_HEADERS.map(([name, member]) => [member, header(request.headers, name)])),
  Payload: request.body,
});

const writeInvoke = (output: Output, request: WireRequest): Answer => {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-amzn-requestid': request.id };
  if (typeof output.FunctionError === 'string') headers['x-amz-function-error'] = output.FunctionError;
  if (typeof output.LogResult === 'string') headers['x-amz-log-result'] = output.LogResult;
  if (typeof output.ExecutedVersion === 'string') headers['x-amz-executed-version'] = output.ExecutedVersion;
  const payload = output.Payload;
  return {
    status: typeof output.StatusCode === 'number' ? output.StatusCode : 200,
    headers,
    body: typeof payload === 'string' || payload instanceof Uint8Array ? payload : '',
  };
};

const rest = restJson((request) => {
  const route = matchLambdaRoute(request.method, request.path);
  if (route === undefined) throw notSupported(`${request.method} ${request.path} of lambda`);
  const body = route.operation === 'Invoke' ? readInvoke(request) : parseJson(request.body);
  const { tagKeys, ...query } = queryInput(request.query);
  const tags = tagKeys === undefined ? {} : { TagKeys: tagKeys };
  return {
    operation: route.operation,
    input: { ...query, ...tags, ...body, ...route.parameters },
    status: route.status,
  };
});

/** AWS Lambda: a route table, and an invocation whose payload is the body. */
export const lambda: Protocol = {
  ...rest,
  write: (output, invocation, request) =>
    invocation.operation === 'Invoke' ? writeInvoke(output, request) : rest.write(output, invocation, request),
};
