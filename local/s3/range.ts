import { AwsError } from '../core/errors';

/** The bytes that a read wants. */
export interface Slice {
  readonly start: number;
  readonly length: number;
  /** For the answer; absent when the whole object is wanted. */
  readonly contentRange?: string;
}

/** Reads an HTTP Range of one part; what HTTP cannot read as one means the whole object. */
export const sliceOf = (range: string | undefined, size: number): Slice => {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  const inverted = first !== '' && last !== '' && Number(last) < Number(first);
  if ((first === '' && last === '') || inverted) return { start: 0, length: size };
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size) {
    throw new AwsError('InvalidRange', `the range ${range ?? ''} is not in an object of ${size} bytes`, 416);
  }
  return { start, length: end - start + 1, contentRange: `bytes ${start}-${end}/${size}` };
};
