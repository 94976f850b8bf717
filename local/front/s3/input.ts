import { Incoming } from '../../core/incoming';
import type { Input } from '../../core/service';
import type { Upload } from '../body';
import { header, type WireRequest } from '../request';
import { METADATA_PREFIX, REQUEST_HEADERS, TRANSPORT_HEADERS } from './headers';
import { allHeaders } from './presigned';
import { isMarker, type Target } from './routes';
import { parseXml } from './xml-input';

const QUERY: ReadonlyMap<string, string> = new Map([
  ['bucket-region', 'BucketRegion'],
  ['continuation-token', 'ContinuationToken'],
  ['delimiter', 'Delimiter'],
  ['encoding-type', 'EncodingType'],
  ['fetch-owner', 'FetchOwner'],
  ['key-marker', 'KeyMarker'],
  ['max-buckets', 'MaxBuckets'],
  ['max-keys', 'MaxKeys'],
  ['max-parts', 'MaxParts'],
  ['max-uploads', 'MaxUploads'],
  ['part-number-marker', 'PartNumberMarker'],
  ['partNumber', 'PartNumber'],
  ['prefix', 'Prefix'],
  ['response-cache-control', 'ResponseCacheControl'],
  ['response-content-disposition', 'ResponseContentDisposition'],
  ['response-content-encoding', 'ResponseContentEncoding'],
  ['response-content-language', 'ResponseContentLanguage'],
  ['response-content-type', 'ResponseContentType'],
  ['response-expires', 'ResponseExpires'],
  ['start-after', 'StartAfter'],
  ['upload-id-marker', 'UploadIdMarker'],
  ['uploadId', 'UploadId'],
  ['version-id-marker', 'VersionIdMarker'],
  ['versionId', 'VersionId'],
]);

/** Operations whose body is the object itself. */
const WITH_BYTES = new Set(['PutObject', 'UploadPart']);

/** Operations that carry what describes an object; for others, such headers only describe the request. */
const WITH_CONTENT_HEADERS = new Set(['PutObject', 'CopyObject', 'CreateMultipartUpload']);

const isContentHeader = (name: string): boolean =>
  name === 'cache-control' || name === 'expires' || (name.startsWith('content-') && name !== 'content-md5');

const encodingWithoutFrames = (encoding: string): string | undefined => {
  const left = encoding.split(',').filter((part) => part.trim() !== 'aws-chunked');
  return left.length === 0 ? undefined : left.join(',').trim();
};

const fromHeaders = (operation: string, request: WireRequest): Input => {
  const input: Record<string, unknown> = {};
  const metadata: Record<string, string> = {};
  const headers = allHeaders(request);
  for (const name of Object.keys(headers)) {
    const value = header(headers, name);
    const member = REQUEST_HEADERS.get(name);
    if (value === undefined || TRANSPORT_HEADERS.has(name)) continue;
    if (name.startsWith(METADATA_PREFIX)) metadata[name.slice(METADATA_PREFIX.length)] = value;
    else if (member === undefined) {
      // A parameter that this endpoint does not know reaches the service under its own name, which refuses it.
      if (name.startsWith('x-amz-')) input[name] = value;
    } else if (!isContentHeader(name) || WITH_CONTENT_HEADERS.has(operation)) {
      input[member] = name === 'content-encoding' ? encodingWithoutFrames(value) : value;
    }
  }
  if (Object.keys(metadata).length > 0) input.Metadata = metadata;
  return input;
};

/** The bytes of an object, with the headers that come after them as members. */
const incomingOf = ({ chunks, announced, trailers }: Upload): Incoming => {
  const membersOf = (names: readonly string[]) => names.flatMap((name) => REQUEST_HEADERS.get(name) ?? []);
  const trailing = (): Input =>
    Object.fromEntries(Object.entries(trailers()).map(([name, value]) => [REQUEST_HEADERS.get(name) ?? name, value]));
  return new Incoming(chunks, membersOf(announced), trailing);
};

const fromBody = (operation: string, { body, upload }: WireRequest): Input => {
  if (WITH_BYTES.has(operation)) return upload === undefined ? {} : { Body: incomingOf(upload) };
  if (operation === 'PutBucketPolicy') return { Policy: body.toString('utf8') };
  return body.length === 0 ? {} : parseXml(body.toString('utf8'));
};

/** The input of an operation from the path, the query, the headers and the body of its request. */
export const inputOf = (operation: string, request: WireRequest, target: Target): Input => {
  // A parameter that nobody knows reaches the service under its own name, which refuses it.
  const query = [...request.query]
    .filter(([name]) => !isMarker(name) && !/^x-(id$|amz-)/i.test(name))
    .map(([name, value]) => [QUERY.get(name) ?? name, value] as const);
  return {
    ...fromHeaders(operation, request),
    ...Object.fromEntries(query),
    ...fromBody(operation, request),
    ...target,
  };
};
