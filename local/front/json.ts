import { gunzipSync } from 'node:zlib';
import type { AwsError } from '../core/errors';
import { parseJson, renderJson } from './json-body';
import type { Protocol } from './protocol';
import { header } from './request';

const CONTENT_TYPE = 'application/x-amz-json-1.0';

/** AWS JSON 1.0 and 1.1: the operation is in `x-amz-target`. */
export const json: Protocol = {
  read: (request) => {
    // Clients of CloudWatch pack what is large.
    const isPacked = header(request.headers, 'content-encoding') === 'gzip';
    const target = header(request.headers, 'x-amz-target') ?? '';
    return {
      operation: target.slice(target.lastIndexOf('.') + 1),
      input: parseJson(isPacked ? gunzipSync(request.body) : request.body),
    };
  },
  write: (output, _invocation, request) => ({
    status: 200,
    headers: {
      'content-type': header(request.headers, 'content-type') ?? CONTENT_TYPE,
      'x-amzn-requestid': request.id,
    },
    body: renderJson(output),
  }),
  fail: (error, request) => jsonFailure(error, request.id, CONTENT_TYPE),
};

/** An error of the JSON protocols, with and without REST. */
export const jsonFailure = (error: AwsError, requestId: string, contentType: string) => ({
  status: error.statusCode,
  headers: { 'content-type': contentType, 'x-amzn-requestid': requestId, 'x-amzn-errortype': error.code },
  body: renderJson({ __type: error.code, message: error.message, ...error.details }),
});
