import type { Input } from '../core/service';

/** Members that clients send along to protect a request on its way. */
export const integrity = (input: Input): readonly string[] =>
  Object.keys(input).filter((name) => name.startsWith('Checksum') || name === 'ContentMD5');
