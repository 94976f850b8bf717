/** Entry of the process that runs the code of one function: one event at a time, as long as it is wanted. */
import { signalGroup } from '../core/process-group';
import { type Handler, LoadFailure, loadHandler } from './load-handler';
import { endOf, type FunctionFailure, type InvokeMessage, type ReadyMessage, type ResultMessage } from './protocol';

const variable = (name: string): string => process.env[name] ?? '';

const contextOf = (message: InvokeMessage): object => ({
  functionName: variable('AWS_LAMBDA_FUNCTION_NAME'),
  functionVersion: variable('AWS_LAMBDA_FUNCTION_VERSION'),
  memoryLimitInMB: variable('AWS_LAMBDA_FUNCTION_MEMORY_SIZE'),
  logGroupName: variable('AWS_LAMBDA_LOG_GROUP_NAME'),
  logStreamName: variable('AWS_LAMBDA_LOG_STREAM_NAME'),
  invokedFunctionArn: message.functionArn,
  awsRequestId: message.requestId,
  callbackWaitsForEmptyEventLoop: true,
  clientContext: message.clientContext === undefined ? undefined : parse(message.clientContext),
  getRemainingTimeInMillis: () => Math.max(0, message.deadline - Date.now()),
});

const parse = (text: string): unknown => JSON.parse(text);

const failureOf = (error: unknown): FunctionFailure => {
  if (error instanceof LoadFailure) return error.failure;
  if (error instanceof Error) {
    return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
};

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** Takes both kinds of handlers: those that give a promise, and those that call back. */
const handle = (handler: Handler, event: unknown, context: object): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const answer = handler(event, context, (error, result) => {
      if (error === undefined || error === null) resolve(result);
      else
        reject(error instanceof Error ? error : new Error(typeof error === 'string' ? error : JSON.stringify(error)));
    });
    if (isPromise(answer)) answer.then(resolve, reject);
    else if (handler.length < 3) resolve(answer);
  });

const run = async (handler: Promise<Handler>, message: InvokeMessage): Promise<ResultMessage> => {
  const { requestId } = message;
  try {
    const answer = await handle(await handler, parse(message.event), contextOf(message));
    // A handler that gives nothing answers null.
    return { requestId, answer: JSON.stringify(answer ?? null) };
  } catch (error) {
    const failure = failureOf(error);
    process.stderr.write(`ERROR\tInvoke Error\t${JSON.stringify(failure)}\n`);
    return { requestId, failure };
  }
};

const write = (stream: NodeJS.WriteStream, line: string): Promise<void> =>
  new Promise((resolve) => {
    stream.write(`${line}\n`, () => {
      resolve();
    });
  });

const handler = loadHandler(variable('LAMBDA_TASK_ROOT'), variable('_HANDLER'));
const ready: ReadyMessage = { ready: true };
const isLoaded = (): void => void process.send?.(ready);
// A failure to load is the answer to the first event.
handler.then(isLoaded, isLoaded);

// The endpoint is gone: nobody else ends what the function has started.
process.on('disconnect', () => {
  signalGroup(process.pid, 'SIGKILL');
});
process.on('message', (message: InvokeMessage) => {
  void run(handler, message).then(async (result) => {
    const end = endOf(message.requestId);
    await Promise.all([write(process.stdout, end), write(process.stderr, end)]);
    process.send?.(result);
  });
});
