import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import type { clientOptions } from '../../examples/flights/demo/client';
import type { Outputs } from '../../examples/flights/demo/deploy';
import { storedResult } from '../../examples/flights/demo/results';
import { readFlights } from '../../examples/flights/demo/upload';
import { totalByHour } from '../../examples/flights/shared/delay-by-hour';

const UNTIL = { timeout: 300_000, interval: 500 };

/** Waits for the result of the demo, which has to be that of a direct computation, and for the end of all executions. */
export const expectResult = async (
  options: ReturnType<typeof clientOptions>,
  { Results, StateMachine }: Outputs,
): Promise<void> => {
  const stored = () => storedResult(new DynamoDBClient(options), Results).catch(() => undefined);
  await expect.poll(stored, UNTIL).toEqual(totalByHour(readFlights()));
  const statuses = async () => {
    const list = new ListExecutionsCommand({ stateMachineArn: StateMachine });
    const { executions = [] } = await new SFNClient(options).send(list);
    return [...new Set(executions.map(({ status }) => status))];
  };
  await expect.poll(statuses, UNTIL).toEqual(['SUCCEEDED']);
};
