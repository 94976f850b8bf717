import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsError, notSupported } from '../core/errors';
import type { OpenWorld } from '../core/world';
import { refuseBrowsers } from './guard';
import type { Answer, Protocol } from './protocol';
import { protocolOf } from './protocols';
import { readRequest, type WireRequest } from './request';

const NOT_IMPLEMENTED = 501;
const INTERNAL = 500;

const send = (response: ServerResponse, { status, headers, body }: Answer): void => {
  const isBare = status === 204 || status === 304 || body instanceof Readable;
  response.writeHead(status, isBare ? headers : { 'content-length': Buffer.byteLength(body), ...headers });
  if (!(body instanceof Readable)) response.end(body);
  // A reader that goes away, or bytes that cannot be read: either way the connection ends.
  else pipeline(body, response).catch(() => response.destroy());
};

const asAwsError = (error: unknown, otherwise: (message: string) => AwsError): AwsError =>
  error instanceof AwsError ? error : otherwise(error instanceof Error ? error.message : String(error));

/** Turns HTTP requests into calls of a world. Whatever a request holds, it gets an answer and the process lives. */
export const createFront = (open: OpenWorld): RequestListener => {
  const { world } = open;

  const read = (protocol: Protocol, request: WireRequest) => {
    try {
      return protocol.read(request, open.operationsOf(request.service));
    } catch (error) {
      throw asAwsError(error, (message) => new AwsError('MalformedRequest', `the request is malformed: ${message}`));
    }
  };

  const checkRegion = ({ region = world.region }: WireRequest): void => {
    if (region !== world.region) throw notSupported(`the region ${region}`, `it has ${world.region} only`);
  };

  const answer = async (request: WireRequest): Promise<Answer> => {
    const protocol = protocolOf(request.service);
    try {
      checkRegion(request);
      const invocation = read(protocol, request);
      const output = await world.call({
        service: request.service,
        operation: invocation.operation,
        input: invocation.input,
        principal: world.credentials.principalOf(request.accessKeyId),
        requestId: request.id,
        streams: true,
      });
      return protocol.write(output, invocation, request);
    } catch (error) {
      const failure = asAwsError(error, (message) => {
        world.note(`internal error in ${request.service}: ${error instanceof Error ? (error.stack ?? '') : message}`);
        return new AwsError('InternalFailure', message, INTERNAL);
      });
      if (failure.statusCode === NOT_IMPLEMENTED) world.note(`refused: ${failure.message}`);
      return protocol.fail(failure, request);
    }
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      refuseBrowsers(message.headers);
      send(response, await answer(await readRequest(message, randomUUID(), world.clock.now())));
    } catch (error) {
      // Not readable as a request of any service, so in no service's words.
      const failure = asAwsError(error, (text) => new AwsError('BadRequest', text));
      if (response.headersSent) response.destroy();
      else send(response, plain(failure));
      // What is left of the body would be taken for the next request.
      if (!message.complete) message.destroy();
    }
  };

  return (message, response) => void serve(message, response);
};

const plain = (error: AwsError): Answer => ({
  status: error.statusCode,
  headers: { 'content-type': 'text/plain; charset=utf-8', connection: 'close' },
  body: `${error.code}: ${error.message}\n`,
});
