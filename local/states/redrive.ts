import { AwsError } from '../core/errors';
import { MAX_EVENTS } from './engine/history';
import type { Execution } from './execution';

const DAY_MS = 86_400_000;
const PERIOD_MS = 14 * DAY_MS;
const MAX_OPEN_MS = 365 * DAY_MS;
const MAX_REDRIVES = 1_000;

/** Why an execution cannot be redriven; undefined when it can. */
const obstacleTo = ({ record, status, history }: Execution, now: number): string | undefined => {
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (now - (record.stoppedAt?.getTime() ?? now) > PERIOD_MS) return 'Execution has exceeded the redrivable period';
  if (now - record.startedAt.getTime() > MAX_OPEN_MS) return 'Execution has exceeded the max execution time';
  if (history.events.length >= MAX_EVENTS - 1) return 'Execution history event limit exceeded';
  return record.redrives >= MAX_REDRIVES ? 'Execution redrive count exceeded' : undefined;
};

/** What descriptions and events say about redrives. */
export const redriveFacts = (execution: Execution, now: number) => {
  const redriveStatusReason = obstacleTo(execution, now);
  return {
    redriveCount: execution.record.redrives,
    redriveDate: execution.record.redrivenAt,
    redriveStatus: redriveStatusReason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason,
  };
};

/** Goes on with an execution that did not succeed, at the state where it ended. */
export const redrive = async (execution: Execution, now: number, clientToken?: string): Promise<void> => {
  if (clientToken !== undefined && execution.lastRedrive === clientToken) return;
  const obstacle = obstacleTo(execution, now);
  if (obstacle !== undefined) throw new AwsError('ExecutionNotRedrivable', obstacle);
  await execution.finished();
  execution.redrive(clientToken);
};
