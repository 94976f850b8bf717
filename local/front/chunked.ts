import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../core/errors';

const CRLF = '\r\n';
/** Of a line with a size and a signature, or of a trailer. */
const MAX_LINE_BYTES = 8192;

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

const malformed = (what: string): AwsError => new AwsError('InvalidRequest', `an aws-chunked frame ${what}`);

const sizeOf = (line: string): number => {
  const size = /^[0-9a-f]{1,12}(?=;|$)/i.exec(line)?.[0];
  if (size === undefined) throw malformed(`must start with its size, got ${JSON.stringify(line)}`);
  return Number.parseInt(size, 16);
};

/**
 * Takes the frames `SIZE[;EXTENSIONS] CRLF DATA CRLF` off a body, up to the frame of size 0. The headers that come after
 * it, such as the body's checksum, go to `trailers`.
 */
export async function* deframe(
  framed: AsyncIterable<Buffer>,
  trailers: Record<string, string>,
): AsyncGenerator<Buffer> {
  const source = framed[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const readMore = async (): Promise<boolean> => {
    const next = await source.next();
    if (next.done === true) return false;
    rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
    return true;
  };
  const readLine = async (): Promise<string> => {
    for (;;) {
      const end = rest.indexOf(CRLF);
      const line = rest.toString('latin1', 0, end);
      if (end >= 0) rest = rest.subarray(end + CRLF.length);
      if (end >= 0) return line;
      if (rest.length > MAX_LINE_BYTES) throw malformed('has a line without an end');
      if (!(await readMore())) throw incomplete('the end of a line');
    }
  };

  for (let size = sizeOf(await readLine()); size > 0; size = sizeOf(await readLine())) {
    let left = size;
    while (left > 0) {
      if (rest.length === 0 && !(await readMore())) throw incomplete(`the ${size} bytes of a frame`);
      const part = rest.subarray(0, left);
      rest = rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
    if ((await readLine()) !== '') throw malformed('is longer than its size says');
  }
  while (rest.length > 0 || (await readMore())) {
    const line = await readLine();
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
}
