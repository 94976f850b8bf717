import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../../core/errors';
import type { WireRequest } from '../request';

const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

const WEEK_SECONDS = 604_800;

const malformed = (message: string): AwsError => new AwsError('AuthorizationQueryParametersError', message);

/** Refuses a signature of version 2, and a presigned URL that was not made for now. */
export const checkPresigned = ({ query, headers, time }: WireRequest): void => {
  if (query.has('AWSAccessKeyId') || headers.authorization?.startsWith('AWS ') === true) {
    const message = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';
    throw new AwsError('InvalidRequest', `${message} (signature version 4)`);
  }
  const expires = query.get('X-Amz-Expires');
  if (expires === null) return;
  const seconds = Number(expires);
  if (!(seconds >= 1 && seconds <= WEEK_SECONDS)) throw malformed(`X-Amz-Expires must be from 1 to ${WEEK_SECONDS}`);
  const signed = Date.parse((query.get('X-Amz-Date') ?? '').replace(DATE, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(signed)) throw malformed('the presigned URL has no valid date');
  if (signed + seconds * 1000 < time) throw new AwsError('AccessDenied', 'Request has expired', 403);
};

/** The headers of a request with those that a presigned URL carries in its query. */
export const allHeaders = ({ headers, query }: WireRequest): IncomingHttpHeaders => ({
  ...headers,
  ...Object.fromEntries(
    [...query]
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => name.startsWith('x-amz-')),
  ),
});
