import type { Input } from './service';

/** Bytes on their way in, as an input's `Body`: they are read once, as they come. */
export class Incoming {
  constructor(
    readonly chunks: AsyncIterable<Uint8Array>,
    /** Members of the API that come after the bytes, such as their checksum. */
    readonly announced: readonly string[] = [],
    /** Their values, once all bytes were read. */
    readonly trailing: () => Input = () => ({}),
  ) {}
}
