import type { Output } from '../../core/service';
import { StateFailure } from '../language/failure';
import { isJsonObject, type Json, parseJson, toJson } from '../language/json';
import {
  argumentsOf,
  callService,
  type Integration,
  isStopped,
  submittedId,
  type TaskCall,
  untilEnded,
} from './integration';
import { toCamelCase, toPascalCase } from './letter-case';

const PREFIX = 'StepFunctions';
const MAX_CAUSE = 32_768;

/** Any JSON is the input of the execution; text is taken as it is. */
const start = async (call: TaskCall): Promise<Output> => {
  const { Input: value, ...others } = argumentsOf(call);
  const named = toCamelCase(others);
  const input =
    'Input' in argumentsOf(call) ? { input: typeof value === 'string' ? value : JSON.stringify(value) } : {};
  return callService(call, PREFIX, ['states', 'StartExecution'], { ...(isJsonObject(named) ? named : {}), ...input });
};

const pascal = (output: Output): Json => toPascalCase(toJson(output) ?? {});

/** Waits for the end of an execution; one whose state was stopped or timed out is stopped as well. */
const waitFor = async (call: TaskCall, executionArn: unknown): Promise<Output> => {
  try {
    const describe = () => callService(call, PREFIX, ['states', 'DescribeExecution'], { executionArn });
    return await untilEnded(call, describe, ({ status }) => status !== 'RUNNING');
  } finally {
    if (isStopped(call)) {
      await callService(call, PREFIX, ['states', 'StopExecution'], { executionArn }).catch((error: unknown) => {
        call.world.note(`could not stop ${String(executionArn)}: ${String(error)}`);
      });
    }
  }
};

const sync = (resource: string, outputOf: (text: string) => Json): Integration => ({
  resourceType: 'states',
  resource,
  endsOnAbort: true,
  managedRule: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
  run: async (call) => {
    const executionArn = await submittedId(call, 'ExecutionArn', async () => pascal(await start(call)));
    const ended = await waitFor(call, executionArn);
    const detail = pascal(ended);
    if (ended.status !== 'SUCCEEDED' || !isJsonObject(detail)) {
      throw new StateFailure('States.TaskFailed', JSON.stringify(detail).slice(0, MAX_CAUSE));
    }
    return { ...detail, Output: outputOf(String(ended.output)) };
  },
});

/** Starts an execution and goes on. */
export const startExecution: Integration = {
  resourceType: 'states',
  resource: 'startExecution',
  run: async (call) => pascal(await start(call)),
};

/** Starts an execution and waits for its end: `.sync` gives its output as text, `.sync:2` as JSON. */
export const startExecutionSync: readonly Integration[] = [
  sync('startExecution.sync', (text) => text),
  sync('startExecution.sync:2', parseJson),
];
