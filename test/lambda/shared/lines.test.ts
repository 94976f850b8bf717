import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../../lambda/shared/lines';
import { pieces } from '../support';

const lines = async (chunks: readonly string[], longest = 100): Promise<readonly string[]> => {
  const all: string[] = [];
  for await (const line of linesOf(pieces(...chunks), longest)) all.push(line.toString());
  return all;
};

describe('the lines of a stream', () => {
  test.each([
    ['nothing', [], []],
    ['no line break at the end', ['a\nb'], ['a', 'b']],
    ['a line break at the end', ['a\nb\n'], ['a', 'b']],
    ['blank lines', ['\n\na\n\n'], ['', '', 'a', '']],
    ['a break between pieces', ['a', '\n', 'b'], ['a', 'b']],
  ])('are found with %s', async (_, chunks, expected) => {
    expect(await lines(chunks)).toEqual(expected);
  });

  test('do not depend on how the stream is cut into pieces', async () => {
    const text = fc.array(fc.constantFrom('a', 'ü', '\n', '\r', ' '), { maxLength: 60 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (whole, size) => {
        const bytes = Buffer.from(whole);
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        );
        const found: Buffer[] = [];
        for await (const line of linesOf(pieces(...chunks), 1_000)) found.push(line);
        const expected = whole.split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(found.map(String)).toEqual(expected);
      }),
    );
  });

  test('end with a line that is too long, whose rest is not read', async () => {
    const stream = pieces('ok\n', 'x'.repeat(60), 'x'.repeat(60), 'x'.repeat(60), '\nnext\n');
    const found: number[] = [];
    for await (const line of linesOf(stream, 100)) found.push(line.length);
    expect(found).toEqual([2, 120]);
    expect(stream.taken).toBe(3);
  });
});
