import { join } from 'node:path';
import { parseArguments, USAGE } from './arguments';
import { lineOf, type TraceRecord } from './core/trace';
import { startEndpoint } from './endpoint';
import { clientVariables } from './environment';

const FAILED = 1;
const MISUSED = 2;
const INTERRUPTED = 130;
const STOP_WITHIN_MS = 10_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);
const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const readArguments = () => {
  try {
    return parseArguments(process.argv.slice(2));
  } catch (error) {
    complain(`${messageOf(error)}\n\n${USAGE}`);
    process.exit(MISUSED);
  }
};

/** Ends the process when it is told to, after everything it started has ended; `abandon` is for what does not end. */
const stopWhenTold = (close: () => Promise<void>, abandon: () => Promise<void>): void => {
  let isStopping = false;
  const stop = (status: number): void => {
    // A terminal and npm both pass an interrupt on: the second one must not cut the first one short.
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => {
      const exit = (): never => process.exit(FAILED);
      abandon().then(exit, exit);
    }, STOP_WITHIN_MS).unref();
    close().then(
      () => process.exit(status),
      (error: unknown) => {
        complain(messageOf(error));
        process.exit(FAILED);
      },
    );
  };
  process.on('SIGINT', () => {
    stop(INTERRUPTED);
  });
  process.on('SIGTERM', () => {
    stop(0);
  });
  process.on('SIGHUP', () => {
    stop(0);
  });
  process.on('disconnect', () => {
    stop(0);
  });
  process.on('uncaughtException', (error) => {
    complain(`internal error: ${describe(error)}`);
    stop(FAILED);
  });
  // Nobody waits for the result of what failed here, so everybody else can go on.
  process.on('unhandledRejection', (reason) => {
    complain(`internal error: ${describe(reason)}`);
  });
  // Whoever read the output may be gone; that is no reason to fail.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
};

const main = async (): Promise<void> => {
  const { help, isTraced, ...options } = readArguments();
  if (help) {
    print(USAGE);
    return;
  }

  const trace = (record: TraceRecord): void => {
    complain(lineOf(record));
  };
  const processHost = join(__dirname, 'batch', 'process-host', 'main.js');
  const starting = startEndpoint({ ...options, processHost, trace: isTraced ? trace : undefined, log: complain });
  const close = async (): Promise<void> => {
    await (await starting).close();
    if (process.send === undefined) print(`stopped, state ${options.directory === undefined ? 'removed' : 'kept'}`);
  };
  stopWhenTold(close, async () => (await starting).discard());
  const { url, world } = await starting;
  const environment = clientVariables(url);
  // Started by another program: it reads a message, not a text.
  if (process.send !== undefined) {
    process.send({ type: 'ready', url, directory: world.directory, environment });
    return;
  }
  print(`listening on ${url}, state in ${world.directory}; Ctrl-C stops it`);
  print('in another shell:');
  for (const [name, value] of Object.entries(environment)) print(`  export ${name}=${value}`);
  print('  unset AWS_PROFILE AWS_SESSION_TOKEN');
};

main().catch((error: unknown) => {
  complain(messageOf(error));
  process.exit(FAILED);
});
