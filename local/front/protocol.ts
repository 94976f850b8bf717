import type { Readable } from 'node:stream';
import type { AwsError } from '../core/errors';
import type { Input, Output } from '../core/service';
import type { WireRequest } from './request';

/** The call that a request asks for. */
export interface Invocation {
  readonly operation: string;
  readonly input: Input;
  /** Of a success, when not 200. */
  readonly status?: number;
}

/** What goes back over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable;
}

/** How one family of services is spoken over HTTP. */
export interface Protocol {
  /** `operations` is the closed list of the service. */
  read(request: WireRequest, operations: readonly string[]): Invocation;
  write(output: Output, invocation: Invocation, request: WireRequest): Answer;
  fail(error: AwsError, request: WireRequest): Answer;
}
