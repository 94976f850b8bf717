import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { machineOf, ROLE } from './support';

let endpoint: Endpoint;
let client: SFNClient;
beforeAll(async () => {
  endpoint = await startEndpoint({ iam: 'off' });
  const { url, credentials } = endpoint;
  client = new SFNClient({ endpoint: url, credentials, region: 'us-east-1', maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

test('the SDK creates a state machine, runs it and reads its history', async () => {
  const definition = machineOf({ A: { Type: 'Pass', Output: { n: '{% $states.input.n * 2 %}' }, End: true } });
  const created = await client.send(new CreateStateMachineCommand({ name: 'twice', definition, roleArn: ROLE }));
  const { stateMachineArn } = created;
  expect(created.creationDate).toBeInstanceOf(Date);

  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '{"n":21}' }));
  const describe = new DescribeExecutionCommand({ executionArn });
  await expect.poll(async () => (await client.send(describe)).status).toBe('SUCCEEDED');
  const execution = await client.send(describe);
  expect(execution.output).toBe('{"n":42}');
  expect(execution.stopDate?.getTime()).toBeGreaterThanOrEqual(execution.startDate?.getTime() ?? Infinity);

  const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events.map(({ type }) => type)).toEqual([
    ...['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded'],
  ]);
  expect(events[1].stateEnteredEventDetails?.name).toBe('A');
  expect(events[1].timestamp).toBeInstanceOf(Date);
});

test('the SDK gets a bad definition back as InvalidDefinition', async () => {
  const command = new CreateStateMachineCommand({ name: 'bad', definition: '{}', roleArn: ROLE });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidDefinition' });
});
