import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { makeRole, type Statements } from './acting';
import type { Target } from './target';

/** A state machine of a row, run as a role that may do what statements say. */
export const machineOf = async (
  target: Target,
  definition: Readonly<Record<string, unknown>>,
  statements: Statements = [],
): Promise<string> => {
  const { clients, name, cleanup, eventually } = target;
  const roleArn = await makeRole(target, statements, { Service: 'states.amazonaws.com' });
  const command = new CreateStateMachineCommand({
    ...{ name: name('machine'), roleArn, definition: JSON.stringify(definition) },
  });
  // A new role is not known everywhere at once; any other refusal is one.
  const made = await eventually(() =>
    clients.sfn.send(command).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'AccessDeniedException') throw error;
      return { error };
    }),
  );
  if ('error' in made) throw made.error;
  const { stateMachineArn = '' } = made;
  cleanup(() => clients.sfn.send(new DeleteStateMachineCommand({ stateMachineArn })));
  return stateMachineArn;
};

/** Runs a state machine to its end. */
export const runOf = async (
  { clients: { sfn }, eventually }: Target,
  stateMachineArn: string,
  input: unknown = {},
): Promise<DescribeExecutionCommandOutput> => {
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  return eventually(async () => {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(execution.status).not.toBe('RUNNING');
    return execution;
  });
};

/** What one state makes of an input, as the first and last of its machine. */
export const outputOfState = async (
  target: Target,
  state: Readonly<Record<string, unknown>>,
  input: unknown = {},
  more: Readonly<Record<string, unknown>> = {},
): Promise<unknown> => {
  const end = ['Succeed', 'Fail', 'Choice'].includes(String(state.Type)) ? {} : { End: true };
  const definition = { StartAt: 'Only', States: { Only: { ...end, ...state }, ...more } };
  const { status, output, error, cause } = await runOf(target, await machineOf(target, definition), input);
  if (status === 'SUCCEEDED') return JSON.parse(output ?? 'null');
  return { error, cause };
};
