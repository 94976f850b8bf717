import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../core/errors';

/** A body without its frames. */
export interface Deframed {
  readonly body: Buffer;
  /** Headers that came after the body, such as its checksum. */
  readonly trailers: Readonly<Record<string, string>>;
}

const CRLF = '\r\n';

/** Whether a body is in `aws-chunked` frames, which must not be stored. */
export const isFramed = (headers: IncomingHttpHeaders): boolean => {
  const digest = headers['x-amz-content-sha256'];
  return (
    /\baws-chunked\b/.test(headers['content-encoding'] ?? '') ||
    (typeof digest === 'string' && digest.startsWith('STREAMING-'))
  );
};

const incomplete = (what: string): AwsError =>
  new AwsError('IncompleteBody', `the aws-chunked body ends before ${what}`);

/** Takes the frames `SIZE[;EXTENSIONS] CRLF DATA CRLF` off a body, up to the frame of size 0 and its trailers. */
export const deframe = (framed: Buffer): Deframed => {
  const chunks: Buffer[] = [];
  let position = 0;
  const readLine = (): string => {
    const end = framed.indexOf(CRLF, position);
    if (end < 0) throw incomplete('the end of a line');
    const line = framed.toString('latin1', position, end);
    position = end + CRLF.length;
    return line;
  };

  for (;;) {
    const line = readLine();
    const size = /^[0-9a-f]{1,12}(?=;|$)/i.exec(line)?.[0];
    if (size === undefined) {
      throw new AwsError(
        'InvalidRequest',
        `an aws-chunked frame must start with its size, got ${JSON.stringify(line)}`,
      );
    }
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    if (position + length + CRLF.length > framed.length) throw incomplete(`the ${length} bytes of a frame`);
    chunks.push(framed.subarray(position, position + length));
    position += length;
    if (readLine() !== '') throw new AwsError('InvalidRequest', 'an aws-chunked frame is longer than its size says');
  }

  const trailers: Record<string, string> = {};
  while (position < framed.length) {
    const line = readLine();
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  // A body in one frame, as SDKs send most, is not copied.
  return { body: chunks.length === 1 ? (chunks.at(0) ?? Buffer.alloc(0)) : Buffer.concat(chunks), trailers };
};
