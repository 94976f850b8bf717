import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deframe, isFramed } from '../../../local/front/chunked';

const frame = (data: Uint8Array, extension = ''): Buffer =>
  Buffer.concat([Buffer.from(`${data.length.toString(16)}${extension}\r\n`), data, Buffer.from('\r\n')]);

const read = async (framed: Buffer, step = 100) => {
  const cut = Array.from({ length: Math.ceil(framed.length / step) }, (_, index) =>
    framed.subarray(index * step, (index + 1) * step),
  );
  const trailers: Record<string, string> = {};
  const body = await buffer(deframe(Readable.from(cut), trailers));
  return { body, trailers };
};

describe('aws-chunked bodies', () => {
  test.each([
    [{ 'content-encoding': 'aws-chunked' }, true],
    [{ 'content-encoding': 'gzip,aws-chunked' }, true],
    [{ 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }, true],
    [{ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, false],
    [{ 'content-encoding': 'gzip' }, false],
    [{}, false],
  ])('with %j are framed: %s', (headers, expected) => {
    expect(isFramed(headers)).toBe(expected);
  });

  test('lose their frames and nothing else, however they are cut', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 })),
      fc.boolean(),
      fc.integer({ min: 1, max: 500 }),
      async (chunks, signed, step) => {
        const extension = signed ? `;chunk-signature=${'0'.repeat(64)}` : '';
        const end = Buffer.from(`0${extension}\r\nX-Amz-Checksum-Crc32: AAAAAA==\r\n\r\n`);
        const framed = Buffer.concat([...chunks.map((chunk) => frame(chunk, extension)), end]);
        const { body, trailers } = await read(framed, step);
        expect(body.equals(Buffer.concat(chunks))).toBe(true);
        expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAAAA==' });
      },
    );
    await fc.assert(property);
  });

  test('may end without trailers', async () => {
    expect(await read(Buffer.from('3\r\nabc\r\n0\r\n\r\n'))).toEqual({ body: Buffer.from('abc'), trailers: {} });
  });

  test.each([
    ['', 'the end of a line'],
    ['5\r\nabc', 'the 5 bytes of a frame'],
    ['3\r\nabc\r\n', 'the end of a line'],
    ['xyz\r\nabc\r\n0\r\n\r\n', 'must start with its size'],
    ['2\r\nabcd\r\n0\r\n\r\n', 'longer than its size'],
    ['fffffffffffff\r\n', 'must start with its size'],
    ['0'.repeat(10_000), 'without an end'],
  ])('fails on %j', async (framed, message) => {
    await expect(read(Buffer.from(framed))).rejects.toThrow(message);
  });
});
