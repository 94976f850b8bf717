/** To a runtime process: one event to handle. */
export interface InvokeMessage {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  readonly functionArn: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  /** JSON text, for clients that send a context. */
  readonly clientContext?: string;
}

/** How a function says that it failed. */
export interface FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** From a runtime process: the code is loaded, or cannot be. */
export interface ReadyMessage {
  readonly ready: true;
}

/** From a runtime process: what became of an event. Both streams end with {@link endOf} before it is sent. */
export interface ResultMessage {
  readonly requestId: string;
  /** JSON text of the answer. */
  readonly answer?: string;
  readonly failure?: FunctionFailure;
}

/** The last line that an invocation writes to each of its streams. */
export const endOf = (requestId: string): string => `\u0000${requestId}`;
