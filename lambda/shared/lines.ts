const LINE_BREAK = 0x0a;

/**
 * The lines of a stream of bytes, without their line feeds. A line longer than `longest` bytes is cut and the last one:
 * its reader refuses it, and the rest of the stream is never held in memory.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(LINE_BREAK); end !== -1; end = rest.indexOf(LINE_BREAK, start)) {
      yield rest.subarray(start, end);
      start = end + 1;
    }
    rest = rest.subarray(start);
    if (rest.length > longest) break;
  }
  if (rest.length > 0) yield rest;
}
