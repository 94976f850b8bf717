import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../core/errors';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Refuses what a web page could send: a page of any site can reach a server on this machine, and rebinding its name to
 * 127.0.0.1 even lets it read the answers. SDKs and command lines send no Origin, and address the endpoint by loopback.
 * What a page embeds (an image, a script) has no Origin either, but its browser says that it crosses sites.
 */
export const refuseBrowsers = (headers: IncomingHttpHeaders): void => {
  const sign = headers.origin === undefined ? 'is cross-site' : 'has an Origin';
  if (headers.origin !== undefined || headers['sec-fetch-site'] === 'cross-site') {
    throw new AwsError('AccessDenied', `the local endpoint does not answer web pages (the request ${sign})`, 403);
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
