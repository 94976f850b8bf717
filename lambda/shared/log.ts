import { namedError } from './named-error';
import { printable } from './text';

/** What is worth knowing about a request: names, ids and counts; never values of environments or parameters. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Adds facts to the log line of the request. */
export type Note = (facts: Facts) => void;

/** The part of Lambda's context that handlers look at. */
export interface Invocation {
  readonly awsRequestId: string;
  /** ARN that the caller named, with the alias if it named one. */
  readonly invokedFunctionArn: string;
}

const writeToStdout = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const failureOf = (error: unknown): Error =>
  error instanceof Error ? namedError(error.name, error.message) : namedError('Error', String(error));

const lineOf = (facts: Facts): string =>
  JSON.stringify(facts, (_, value: unknown) => (typeof value === 'string' ? printable(value) : value));

/**
 * A Lambda handler that writes one line of JSON for each request, whether it succeeds or fails. It fails with the name
 * and the message of the error alone: errors of the SDK carry answers, which Lambda would write to the log.
 */
export const logged =
  <Answer>(
    run: (request: unknown, note: Note, invocation: Invocation) => Promise<Answer>,
    write: (line: string) => void = writeToStdout,
  ) =>
  async (request: unknown, invocation: Invocation): Promise<Answer> => {
    const start = performance.now();
    let facts: Facts = {};
    const note: Note = (more) => {
      facts = { ...facts, ...more };
    };
    try {
      const answer = await run(request, note, invocation);
      note({ level: 'INFO' });
      return answer;
    } catch (error) {
      const failure = failureOf(error);
      note({ level: 'ERROR', error: failure.name, message: failure.message });
      throw failure;
    } finally {
      const durationMs = Math.round(performance.now() - start);
      write(lineOf({ requestId: invocation.awsRequestId, durationMs, ...facts }));
    }
  };
