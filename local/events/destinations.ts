import { randomUUID } from 'node:crypto';
import { notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import type { World } from '../core/world';
import { batchJob } from './batch-destination';
import type { Destination, DestinationKind } from './destination';
import { invalid, invalidInput } from './errors';
import { logGroup } from './logs-destination';

const checkJson = (text: string): string => {
  try {
    JSON.parse(text);
  } catch {
    throw invalidInput('INVALID_JSON', `the target takes JSON, got ${text.slice(0, 200)}`);
  }
  return text;
};

const stateMachine: DestinationKind = (arn, target, world) => {
  if (!target.has('RoleArn')) throw invalid(`RoleArn is required for target ${arn}.`);
  return async ({ event, text, principal }) =>
    world.call({
      service: 'states',
      operation: 'StartExecution',
      input: { stateMachineArn: arn, name: `${event.id}_${randomUUID()}`, input: checkJson(text) },
      principal,
    });
};

const lambdaFunction: DestinationKind =
  (arn, _, world) =>
  async ({ text, principal }) =>
    world.call({
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from(checkJson(text)) },
      principal,
    });

const queue: DestinationKind = (arn, target, world) => {
  if (target.has('SqsParameters'))
    throw notSupported('SqsParameters of an event target', 'its queues are standard queues');
  return async ({ text, principal }) =>
    world.call({ service: 'sqs', operation: 'SendMessage', input: { QueueUrl: arn, MessageBody: text }, principal });
};

const topic: DestinationKind =
  (arn, _, world) =>
  async ({ text, principal }) =>
    world.call({ service: 'sns', operation: 'Publish', input: { TopicArn: arn, Message: text }, principal });

const KINDS: Readonly<Record<string, DestinationKind>> = {
  states: stateMachine,
  lambda: lambdaFunction,
  sqs: queue,
  sns: topic,
  batch: batchJob,
  logs: logGroup,
};

const FOREIGN_PARAMETERS = [
  'AppSyncParameters',
  'EcsParameters',
  'HttpParameters',
  'KinesisParameters',
  'RedshiftDataParameters',
  'RunCommandParameters',
  'SageMakerPipelineParameters',
];

/** Where a target's ARN leads; other services are refused by name. */
export const destinationOf = (arn: string, target: Reader, world: World): Destination => {
  const foreign = FOREIGN_PARAMETERS.find((name) => target.has(name));
  if (foreign !== undefined) throw notSupported(`${foreign} of an event target`);
  const service = /^arn:[^:]+:([^:]+):[^:]*:[^:]*:.+/.exec(arn)?.[1];
  if (service === undefined)
    throw invalid(`Parameter Arn is not valid. Reason: Provided Arn is not in correct format: '${arn}'`);
  const kind = Object.hasOwn(KINDS, service) ? KINDS[service] : undefined;
  if (kind === undefined) {
    throw notSupported(`event targets of the service '${service}' (${arn})`, `it has ${Object.keys(KINDS).join(', ')}`);
  }
  return kind(arn, target, world);
};
