import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../../core/errors';
import type { WireRequest } from '../request';

const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Refuses a presigned URL that was not made for now. */
export const refuseExpired = (query: URLSearchParams): void => {
  const seconds = query.get('X-Amz-Expires');
  if (seconds === null) return;
  const signed = Date.parse((query.get('X-Amz-Date') ?? '').replace(DATE, '$1-$2-$3T$4:$5:$6Z'));
  const end = signed + Number(seconds) * 1000;
  if (Number.isNaN(end)) throw new AwsError('AuthorizationQueryParametersError', 'the presigned URL has no valid date');
  if (end < Date.now()) throw new AwsError('AccessDenied', 'the presigned URL has expired', 403);
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
