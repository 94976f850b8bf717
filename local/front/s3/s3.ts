import { Readable } from 'node:stream';
import type { AwsError } from '../../core/errors';
import type { Output } from '../../core/service';
import type { Answer, Protocol } from '../protocol';
import type { WireRequest } from '../request';
import { element, scalar, XML_DECLARATION } from '../xml';
import { ANSWER_HEADERS, METADATA_PREFIX } from './headers';
import { inputOf } from './input';
import { renderXml } from './output';
import { checkPresigned } from './presigned';
import { operationOf, targetOf } from './routes';

const XML = 'application/xml';

const NO_CONTENT = new Set([
  'AbortMultipartUpload',
  'DeleteBucket',
  'DeleteBucketEncryption',
  'DeleteBucketLifecycle',
  'DeleteBucketOwnershipControls',
  'DeleteBucketPolicy',
  'DeleteBucketTagging',
  'DeleteObject',
  'DeletePublicAccessBlock',
]);

const headerText = (value: unknown): string => (value instanceof Date ? value.toUTCString() : String(value));

const headersOf = (output: Output): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, member] of ANSWER_HEADERS) {
    const value = output[member];
    if (value !== undefined && value !== null) headers[name] = headerText(value);
  }
  const metadata = output.Metadata;
  if (typeof metadata === 'object' && metadata !== null) {
    for (const [name, value] of Object.entries(metadata)) headers[METADATA_PREFIX + name] = String(value);
  }
  return headers;
};

/** In XML these members are elements; a header would say it twice, and a key may not fit into one. */
const withoutXmlMembers = ({ VersionId, CopySourceVersionId, ServerSideEncryption, SSEKMSKeyId }: Output): Output => ({
  VersionId,
  CopySourceVersionId,
  ServerSideEncryption,
  SSEKMSKeyId,
});

const statusOf = (operation: string, output: Output): number => {
  if (NO_CONTENT.has(operation)) return 204;
  return output.ContentRange === undefined ? 200 : 206;
};

const bodyOf = (operation: string, output: Output): Answer['body'] => {
  if (output.Body instanceof Uint8Array || output.Body instanceof Readable) return output.Body;
  return operation === 'GetBucketPolicy' && typeof output.Policy === 'string' ? output.Policy : '';
};

const fail = (error: AwsError, request: WireRequest): Answer => {
  const details = Object.entries(error.details).map(([name, value]) => element(name, scalar(value)));
  const words = element('Code', scalar(error.code)) + element('Message', scalar(error.message));
  const xml = element('Error', words + details.join('') + element('RequestId', request.id));
  const hasBody = request.method !== 'HEAD' && error.statusCode !== 304;
  return {
    status: error.statusCode,
    headers: { 'x-amz-request-id': request.id, ...(hasBody ? { 'content-type': XML } : {}) },
    body: hasBody ? XML_DECLARATION + xml : '',
  };
};

/** S3: REST with XML, path-style. */
export const s3: Protocol = {
  read: (request) => {
    checkPresigned(request);
    const target = targetOf(request.path);
    const operation = operationOf(request, target);
    return { operation, input: inputOf(operation, request, target) };
  },
  write: (output, { operation }, { id }) => {
    const xml = renderXml(operation, output);
    const requestId = { 'x-amz-request-id': id };
    if (xml !== undefined) {
      const headers = { ...headersOf(withoutXmlMembers(output)), 'content-type': XML, ...requestId };
      return { status: 200, headers, body: xml };
    }
    return {
      status: statusOf(operation, output),
      headers: { ...headersOf(output), ...requestId },
      body: bodyOf(operation, output),
    };
  },
  fail,
};
