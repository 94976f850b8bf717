import type { Output } from '../core/service';
import type { HistoryEvent } from './engine/history';
import type { Execution } from './execution';
import { redriveFacts } from './redrive';
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

export const summarizeExecution = ({ record, status }: Execution): Output => ({
  ...{ executionArn: record.arn, stateMachineArn: record.stateMachine.arn, name: record.name, status },
  ...{ startDate: record.startedAt, stopDate: record.stoppedAt },
  ...{ redriveCount: record.redrives, redriveDate: record.redrivenAt },
});

export const describeExecution = (execution: Execution, now: number): Output => {
  const { input, ending } = execution.record;
  return {
    ...{ ...summarizeExecution(execution), input, inputDetails: { included: true } },
    ...(ending?.output === undefined ? {} : { output: ending.output, outputDetails: { included: true } }),
    ...{ error: ending?.error, cause: ending?.cause, ...redriveFacts(execution, now) },
  };
};

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
