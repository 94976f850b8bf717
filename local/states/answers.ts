import type { Output } from '../core/service';
import type { HistoryEvent } from './engine/history';
import type { Execution } from './execution';
import type { StateMachine } from './machine-store';

/** A state machine as one execution knows it. */
export const describeStateMachineOf = (machine: StateMachine): Output => ({
  ...{ stateMachineArn: machine.arn, name: machine.name, definition: machine.definition, roleArn: machine.roleArn },
  ...{ updateDate: machine.createdAt, revisionId: machine.revisionId },
  loggingConfiguration: machine.settings.loggingConfiguration,
  tracingConfiguration: machine.settings.tracingConfiguration,
  encryptionConfiguration: machine.settings.encryptionConfiguration,
});

export const describeStateMachine = (machine: StateMachine): Output => {
  const { updateDate, ...shared } = describeStateMachineOf(machine);
  return { ...shared, creationDate: updateDate, status: 'ACTIVE', type: 'STANDARD' };
};

export const summarizeExecution = (execution: Execution): Output => ({
  ...{ executionArn: execution.arn, stateMachineArn: execution.stateMachine.arn, name: execution.name },
  ...{ status: execution.status, startDate: execution.startedAt, stopDate: execution.stoppedAt },
});

export const describeExecution = (execution: Execution): Output => ({
  ...summarizeExecution(execution),
  ...{ input: execution.input, inputDetails: { included: true } },
  ...(execution.ending?.output === undefined
    ? {}
    : { output: execution.ending.output, outputDetails: { included: true } }),
  ...{ error: execution.ending?.error, cause: execution.ending?.cause, redriveCount: 0 },
  redriveStatus: execution.status === 'RUNNING' ? 'NOT_REDRIVABLE' : undefined,
});

const DATA = ['input', 'output', 'parameters', 'assignedVariables'];

export const describeEvent = (event: HistoryEvent, withData: boolean): Output => ({
  ...{ id: event.id, previousEventId: event.previousEventId, timestamp: new Date(event.at), type: event.type },
  ...Object.fromEntries(
    Object.entries(event.details).map(([field, details]) => [
      field,
      withData ? details : Object.fromEntries(Object.entries(details).filter(([name]) => !DATA.includes(name))),
    ]),
  ),
});
