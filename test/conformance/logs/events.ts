import {
  type OutputLogEvent,
  paginateFilterLogEvents,
  paginateGetLogEvents,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect } from 'vitest';
import { makeLogGroup, messagesOf } from '../kit/log-groups';
import { table } from '../kit/table';

const PUT = 'AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html';
const GET = 'AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html';
const FILTER = 'AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html';
const PATTERNS = 'AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html';
const INVALID = { name: 'InvalidParameterException' };
const DAY = 86_400_000;

/** The log of the guide to filter patterns. */
const GUIDE = [
  '[ERROR 400] BAD REQUEST',
  '[ERROR 401] UNAUTHORIZED REQUEST',
  '[ERROR 419] MISSING ARGUMENTS',
  '[ERROR 420] INVALID ARGUMENTS',
  '[ERROR 500] INTERNAL SERVER ERROR',
  '[INFO 200] OK',
  '[WARN 300] ARGUMENTS',
];

const CASES: readonly (readonly [pattern: string, codes: string])[] = [
  ['', '400 401 419 420 500 200 300'],
  ['" "', '400 401 419 420 500 200 300'],
  ['ERROR', '400 401 419 420 500'],
  ['error', ''],
  ['ERROR ARGUMENTS', '419 420'],
  ['ARGUMENTS ERROR', '419 420'],
  ['?INFO ?WARN', '200 300'],
  ['"INTERNAL SERVER ERROR"', '500'],
  ['"[ERROR 40"', '400 401'],
  ['ERROR -ARGUMENTS', '400 401 500'],
  ['-ERROR', '200 300'],
];

export const events = table('CloudWatch Logs', 'Events', [
  {
    behaviour: 'events come back as they were put, in the order of their times',
    source: GET,
    test: async (target) => {
      const { put, get, now } = await makeLogGroup(target);
      const lines = ['with "quotes"', 'ünï©ode 🚀', 'line\nbreak'];
      await put(lines, 10);
      await put(['before'], 0);
      const answer = await target.eventually(async () => {
        const found = await get();
        expect(found.events).toHaveLength(4);
        return found;
      });
      expect(messagesOf(answer)).toEqual(['before', ...lines]);
      expect(answer.events?.at(0)?.timestamp).toBe(now);
      expect(Math.abs((answer.events?.at(0)?.ingestionTime ?? 0) - now)).toBeLessThan(60_000);
    },
  },
  {
    behaviour: 'a batch has 1 to 10,000 events that are not empty, in their order and within 24 hours',
    source: PUT,
    test: async (target) => {
      const { logs, logGroupName, now, put, get } = await makeLogGroup(target);
      const send = (logEvents: { timestamp: number; message: string }[]) =>
        logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'a', logEvents }));
      const at = (...times: readonly number[]) => times.map((timestamp) => ({ timestamp, message: 'x' }));
      const wrong = [[], [{ timestamp: now, message: '' }], at(now, now - 1), at(now - DAY - 1, now)];
      for (const batch of wrong) await expect(send(batch)).rejects.toMatchObject(INVALID);
      const lines = Array.from({ length: 10_001 }, () => 'x');
      await expect(put(lines)).rejects.toMatchObject(INVALID);
      expect((await get()).events).toEqual([]);
      await put(lines.slice(1));
    },
  },
  {
    behaviour: 'a batch has at most 1,048,576 bytes, with 26 for each event',
    source: PUT,
    test: async (target) => {
      const { put } = await makeLogGroup(target);
      const line = 'ä'.repeat(262_131);
      await put([line, line]);
      await expect(put([line, `${line}x`])).rejects.toMatchObject(INVALID);
    },
  },
  {
    behaviour: 'events that are older than 14 days or the retention, or over 2 hours ahead, are left out and told',
    source: PUT,
    test: async (target) => {
      const { logs, logGroupName, put, get } = await makeLogGroup(target);
      expect(await put(['x'], -15 * DAY)).toMatchObject({ rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 } });
      expect(await put(['x'], 3 * 3_600_000)).toMatchObject({ rejectedLogEventsInfo: { tooNewLogEventStartIndex: 0 } });
      await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 3 }));
      expect(await put(['x'], -4 * DAY)).toMatchObject({ rejectedLogEventsInfo: { expiredLogEventEndIndex: 1 } });
      expect((await put(['now'])).rejectedLogEventsInfo).toBeUndefined();
      await target.eventually(async () => {
        expect(messagesOf(await get())).toEqual(['now']);
      });
    },
  },
  {
    behaviour: 'sequence tokens are not needed, and any is taken',
    source: PUT,
    test: async (target) => {
      const { logs, logGroupName, now, put } = await makeLogGroup(target);
      await put(['one']);
      const logEvents = [{ timestamp: now, message: 'two' }];
      const late = { logGroupName, logStreamName: 'a', logEvents, sequenceToken: 'any' };
      expect(await logs.send(new PutLogEventsCommand(late))).toHaveProperty('nextSequenceToken');
    },
  },
  {
    behaviour: 'events are gone some days after their retention has passed',
    source: 'AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
    local: async (target) => {
      const { logs, logGroupName, put, get, filter } = await makeLogGroup(target);
      await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 3 }));
      await put(['old']);
      await target.endpoint.world.clock.advance(2 * DAY);
      await put(['young'], 2 * DAY);
      expect(messagesOf(await get())).toEqual(['old', 'young']);
      await target.endpoint.world.clock.advance(2 * DAY);
      expect(messagesOf(await get())).toEqual(['young']);
      expect(messagesOf(await filter())).toEqual(['young']);
    },
  },
  {
    behaviour: 'a stream is read forwards from its head or backwards from its end, by tokens that stay at the ends',
    source: GET,
    test: async (target) => {
      const { put, get } = await makeLogGroup(target);
      await put(['0', '1', '2', '3', '4', '5', '6']);
      const first = await target.eventually(async () => {
        const page = await get({ limit: 4 });
        expect(messagesOf(page)).toEqual(['0', '1', '2', '3']);
        return page;
      });
      const second = await get({ nextToken: first.nextForwardToken, limit: 4 });
      expect(messagesOf(second)).toEqual(['4', '5', '6']);
      const third = await get({ nextToken: second.nextForwardToken, limit: 4 });
      expect(third.events).toEqual([]);
      expect(third.nextForwardToken).toBe(second.nextForwardToken);
      const last = await get({ startFromHead: false, limit: 4 });
      expect(messagesOf(last)).toEqual(['3', '4', '5', '6']);
      expect(messagesOf(await get({ nextToken: last.nextBackwardToken, limit: 4 }))).toEqual(['0', '1', '2']);
      await expect(get({ nextToken: 'none' })).rejects.toMatchObject(INVALID);
      await expect(get({ limit: 10_001 })).rejects.toMatchObject(INVALID);
    },
  },
  {
    behaviour: 'a token goes on with what is written after it was given',
    source: GET,
    test: async (target) => {
      const { put, get } = await makeLogGroup(target);
      await put(['one']);
      const { nextForwardToken } = await target.eventually(async () => {
        const page = await get();
        expect(messagesOf(page)).toEqual(['one']);
        return page;
      });
      await put(['two'], 10);
      await target.eventually(async () => {
        expect(messagesOf(await get({ nextToken: nextForwardToken }))).toEqual(['two']);
      });
    },
  },
  {
    behaviour: 'reading keeps to a range of time: its end is part of it in FilterLogEvents, not in GetLogEvents',
    source: GET,
    test: async (target) => {
      const { put, get, filter, now } = await makeLogGroup(target);
      await put(['0', '1', '2', '3']);
      const range = { startTime: now + 1, endTime: now + 3 };
      await target.eventually(async () => {
        expect(messagesOf(await get(range))).toEqual(['1', '2']);
        expect(messagesOf(await filter(range))).toEqual(['1', '2', '3']);
      });
    },
  },
  {
    behaviour: 'a page has at most 1 MiB',
    source: GET,
    test: async (target) => {
      const { put, get } = await makeLogGroup(target);
      for (const index of [0, 1, 2, 3]) await put([`${index}${'x'.repeat(400_000)}`], index);
      const startsOf = (found: { events?: OutputLogEvent[] }) => messagesOf(found).map((message) => message[0]);
      const first = await target.eventually(async () => {
        const page = await get();
        expect(startsOf(page)).toEqual(['0', '1']);
        return page;
      });
      expect(startsOf(await get({ nextToken: first.nextForwardToken }))).toEqual(['2', '3']);
    },
  },
  {
    behaviour: 'the paginators of the SDK read a stream and a search to their ends',
    source: FILTER,
    test: async (target) => {
      const { logs, logGroupName, put, filter } = await makeLogGroup(target);
      const lines = Array.from({ length: 25 }, (_, index) => `line ${index}`);
      await put(lines);
      await target.eventually(async () => {
        expect((await filter()).events).toHaveLength(25);
      });
      const place = { logGroupName, logStreamName: 'a', startFromHead: true, limit: 10 };
      const read: string[] = [];
      for await (const page of paginateGetLogEvents({ client: logs, stopOnSameToken: true }, place)) {
        read.push(...messagesOf(page));
      }
      expect(read).toEqual(lines);
      const found: string[] = [];
      for await (const page of paginateFilterLogEvents({ client: logs, pageSize: 10 }, { logGroupName })) {
        found.push(...messagesOf(page));
      }
      expect(found).toEqual(lines);
    },
  },
  {
    behaviour: 'patterns of terms find events with all of them, with any of those with ?, and without those with -',
    source: PATTERNS,
    differs: 'patterns with regular expressions, of JSON and of fields are refused by name',
    test: async (target) => {
      const { put, filter } = await makeLogGroup(target);
      await put(GUIDE);
      await target.eventually(async () => {
        expect((await filter()).events).toHaveLength(GUIDE.length);
      });
      for (const [filterPattern, codes] of CASES) {
        const found = messagesOf(await filter({ filterPattern })).map((message) => /\d+/.exec(message)?.[0]);
        expect(found.join(' '), filterPattern).toBe(codes);
      }
      await expect(filter({ filterPattern: '"open' })).rejects.toMatchObject(INVALID);
    },
  },
  {
    behaviour: 'a search goes through the streams that are named or share a prefix, by time',
    source: FILTER,
    test: async (target) => {
      const { put, filter, addStream } = await makeLogGroup(target);
      for (const name of ['b', 'ab']) await addStream(name);
      for (const [index, name] of ['b', 'a', 'ab'].entries()) await put([name], index, name);
      await target.eventually(async () => {
        expect(messagesOf(await filter())).toEqual(['b', 'a', 'ab']);
      });
      expect(messagesOf(await filter({ logStreamNamePrefix: 'a' }))).toEqual(['a', 'ab']);
      const named = await filter({ logStreamNames: ['ab', 'b'] });
      expect(named.events).toMatchObject([{ logStreamName: 'b' }, { logStreamName: 'ab' }]);
      expect(new Set(named.events?.map(({ eventId }) => eventId)).size).toBe(2);
      const both = filter({ logStreamNamePrefix: 'a', logStreamNames: ['b'] });
      await expect(both).rejects.toMatchObject(INVALID);
    },
  },
]);
