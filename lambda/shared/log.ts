/** What is worth knowing about a request: names, ids and counts; never values of environments or parameters. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Adds facts to the log line of the request. */
export type Note = (facts: Facts) => void;

/** The part of Lambda's context that is logged. */
export interface Invocation {
  readonly awsRequestId: string;
}

const writeToStdout = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const failure = (error: unknown): Facts =>
  error instanceof Error ? { error: error.name, message: error.message } : { error: 'Error', message: String(error) };

/** A Lambda handler that writes one line of JSON for each request, whether it succeeds or fails. */
export const logged =
  <Answer>(run: (request: unknown, note: Note) => Promise<Answer>, write: (line: string) => void = writeToStdout) =>
  async (request: unknown, invocation: Invocation): Promise<Answer> => {
    const start = performance.now();
    let facts: Facts = {};
    const note: Note = (more) => {
      facts = { ...facts, ...more };
    };
    try {
      const answer = await run(request, note);
      note({ level: 'INFO' });
      return answer;
    } catch (error) {
      note({ level: 'ERROR', ...failure(error) });
      throw error;
    } finally {
      const durationMs = Math.round(performance.now() - start);
      write(JSON.stringify({ requestId: invocation.awsRequestId, durationMs, ...facts }));
    }
  };
