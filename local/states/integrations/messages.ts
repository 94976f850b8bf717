import { StateFailure } from '../language/failure';
import { isJsonArray, isJsonObject, type Json, type JsonObject, memberOf, toJson } from '../language/json';
import { argumentsOf, callService, type Integration } from './integration';

/** Text fields into which Step Functions also takes any JSON. */
const stringified = (input: JsonObject, field: string): JsonObject => {
  const value = memberOf(input, field);
  return value === undefined || typeof value === 'string' ? input : { ...input, [field]: JSON.stringify(value) };
};

const listIn = (input: JsonObject, field: string): readonly Json[] => {
  const value = memberOf(input, field) ?? [];
  return isJsonArray(value) ? value : [];
};

/** Publishes to a topic. */
export const snsPublish: Integration = {
  resourceType: 'sns',
  resource: 'publish',
  run: async (call) =>
    toJson(await callService(call, 'SNS', ['sns', 'Publish'], stringified(argumentsOf(call), 'Message'))) ?? {},
};

/** Sends to a queue. */
export const sqsSendMessage: Integration = {
  resourceType: 'sqs',
  resource: 'sendMessage',
  run: async (call) => {
    const input = stringified(argumentsOf(call), 'MessageBody');
    return toJson(await callService(call, 'SQS', ['sqs', 'SendMessage'], input)) ?? {};
  },
};

/** Puts events on a bus; each also names the execution and the state machine among its resources. */
export const eventsPutEvents: Integration = {
  resourceType: 'events',
  resource: 'putEvents',
  run: async (call) => {
    const input = argumentsOf(call);
    const completed = listIn(input, 'Entries')
      .filter(isJsonObject)
      .map((entry): Json => ({
        ...stringified(entry, 'Detail'),
        Resources: [...listIn(entry, 'Resources'), ...call.origin],
      }));
    const output = await callService(call, 'EventBridge', ['events', 'PutEvents'], { ...input, Entries: completed });
    const result = toJson(output) ?? {};
    if (output.FailedEntryCount === undefined || output.FailedEntryCount === 0) return result;
    throw new StateFailure('EventBridge.FailedEntry', JSON.stringify(result));
  },
};
