import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../core/errors';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Refuses what a web page could send: a page of any site can reach a server on this machine, and rebinding its name to
 * 127.0.0.1 even lets it read the answers. SDKs and command lines send no Origin, and address the endpoint by loopback.
 */
export const refuseBrowsers = (headers: IncomingHttpHeaders): void => {
  if (headers.origin !== undefined) {
    throw new AwsError('AccessDenied', 'the local endpoint does not answer web pages (the request has an Origin)', 403);
  }
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  if (!LOOPBACK.has(host)) {
    throw new AwsError(
      'AccessDenied',
      `the local endpoint answers to 127.0.0.1 and localhost only, got the host ${JSON.stringify(host)}`,
      403,
    );
  }
};
