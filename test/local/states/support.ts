import type { Output, Service } from '../../../local/core/service';
import { isRecord } from '../../../local/core/json';
import { createStates } from '../../../local/states/service';
import { createTestWorld, type TestWorld } from '../support';

export const ROLE = 'arn:aws:iam::000000000000:role/machine';

/** A world with Step Functions and stand-ins for the services that it calls. */
export const worldWith = (...services: readonly Service[]): Promise<TestWorld> =>
  createTestWorld([createStates, { name: 'events', operations: { PutEvents: () => ({}) } }, ...services]);

/** A JSONata machine of these states; the first one begins. */
export const machineOf = (states: Readonly<Record<string, object>>, more: object = {}): string =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more });

export const create = async (world: TestWorld, definition: string, name = 'machine'): Promise<string> => {
  const { stateMachineArn } = await world.run('states', 'CreateStateMachine', { name, definition, roleArn: ROLE });
  return String(stateMachineArn);
};

export const start = async (world: TestWorld, stateMachineArn: string, input: unknown = {}): Promise<string> => {
  const { executionArn } = await world.run('states', 'StartExecution', {
    stateMachineArn,
    input: JSON.stringify(input),
  });
  return String(executionArn);
};

/** Waits for the end of an execution. */
export const ended = async (world: TestWorld, executionArn: string): Promise<Output> => {
  for (;;) {
    const execution = await world.run('states', 'DescribeExecution', { executionArn });
    if (execution.status !== 'RUNNING') return execution;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

/** Creates a machine and runs it once. */
export const run = async (world: TestWorld, definition: string, input: unknown = {}): Promise<Output> =>
  ended(world, await start(world, await create(world, definition), input));

export const outputOf = (execution: Output): unknown => {
  if (typeof execution.output !== 'string') {
    throw new Error(`the execution has no output: ${String(execution.error)} ${String(execution.cause)}`);
  }
  return JSON.parse(execution.output);
};

export const historyOf = async (world: TestWorld, executionArn: unknown): Promise<readonly Output[]> => {
  const { events } = await world.run('states', 'GetExecutionHistory', { executionArn });
  return Array.isArray(events) ? events.filter(isRecord) : [];
};
