import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import type { Visit } from '../subject';
import { setState } from './jobs';

/** A state machine in a stack, and what starts it. */
export interface Machine {
  /** The beginning of its logical id. */
  readonly id: string;
  readonly start: (visit: Visit) => Promise<unknown>;
  /** Where its jobs run: the beginnings of logical ids. */
  readonly computeEnvironments: readonly string[];
  /** How far time goes on between two looks, for states that wait. */
  readonly stepMs?: number;
}

/** Starts a state machine; gives the ARN of the execution. */
const begin = async (visit: Visit, { id, start }: Machine): Promise<string> => {
  const stateMachineArn = visit.id(id);
  const executions = async (): Promise<readonly string[]> => {
    const { executions: all = [] } = await visit.clients.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    return all.map(({ executionArn = '' }) => executionArn);
  };
  const before = new Set(await executions());
  await start(visit);
  return visit.eventually(async () => {
    const arn = (await executions()).find((one) => !before.has(one));
    if (arn === undefined) throw new Error('no execution begins');
    return arn;
  });
};

const ended = (visit: Visit, executionArn: string, stepMs?: number): Promise<string> =>
  visit.eventually(async () => {
    if (stepMs !== undefined) await visit.advance(stepMs);
    const { status, cause } = await visit.clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status === undefined || status === 'RUNNING') throw new Error('the execution still runs');
    return cause === undefined ? status : `${status}: ${/"StatusReason":"[^"]*"/.exec(cause)?.[0] ?? cause}`;
  });

/** An execution goes from its start to its end. */
export const runs =
  (machine: Machine) =>
  async (visit: Visit): Promise<void> => {
    expect(await ended(visit, await begin(visit, machine), machine.stepMs)).toBe('SUCCEEDED');
  };

/** An execution that is stopped takes its job with it. */
export const isStopped =
  (machine: Machine) =>
  async (visit: Visit): Promise<void> => {
    const { sfn } = visit.clients;
    await setState(visit, machine.computeEnvironments, 'DISABLED');
    const executionArn = await begin(visit, machine);
    await visit.eventually(async () => {
      const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
      if (!events.some(({ type }) => type === 'TaskSubmitted')) throw new Error('no job is submitted');
    });
    await sfn.send(new StopExecutionCommand({ executionArn }));
    expect(await ended(visit, executionArn)).toBe('ABORTED');
    await setState(visit, machine.computeEnvironments, 'ENABLED');
  };
