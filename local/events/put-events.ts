import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import { isService, type Operation, type Principal } from '../core/service';
import type { World } from '../core/world';
import { checkBus } from './bus';
import type { Dispatcher } from './dispatch';
import { invalid } from './errors';
import { eventOf } from './event';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_048_576;

const sizeOf = (entry: Reader): number =>
  ['Source', 'DetailType', 'Detail', 'Resources'].reduce((size, name) => {
    const value = entry.values[name];
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), size);
  }, 0);

const checkSource = (entry: Reader, principal: Principal): void => {
  if (!/^aws\./i.test(entry.optionalText('Source') ?? '') || isService(principal)) return;
  throw new AwsError('NotAuthorizedForSourceException', 'Not authorized for the source.');
};

/** PutEvents: each entry succeeds or fails on its own; targets get theirs later. */
export const putEvents =
  (world: World, dispatcher: Dispatcher): Operation =>
  (input, { principal }) => {
    const entries = new Reader(input).records('Entries');
    if (entries.length < 1 || entries.length > MAX_ENTRIES) {
      throw invalid(`'Entries' must have 1 to ${MAX_ENTRIES} members, got ${entries.length}`);
    }
    if (entries.reduce((size, entry) => size + sizeOf(entry), 0) > MAX_BYTES) {
      throw invalid('Total size of the entries in the request is over the limit.');
    }
    for (const entry of entries) checkBus(entry);
    const results = entries.map((entry) => {
      try {
        checkSource(entry, principal);
        const event = eventOf(entry, world);
        dispatcher.publish(event);
        return { EventId: event.id };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return { ErrorCode: error.code, ErrorMessage: error.message };
      }
    });
    return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries: results };
  };
