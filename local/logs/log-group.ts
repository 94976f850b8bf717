import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../core/clock';
import type { Reader } from '../core/reader';
import type { World } from '../core/world';
import { alreadyExists, invalid, notFound } from './errors';
import { createJournal, type Journal } from './journal';
import { createLogStream, type KeptStream, type LogStream } from './log-stream';

/** A log group as it is kept. */
type KeptGroup = Omit<LogGroup, 'journal' | 'streams'>;

/** A log group and its streams. */
export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly groupClass: string;
  /** Where its events are. */
  readonly file: string;
  readonly journal: Journal;
  readonly streams: Map<string, LogStream>;
  readonly tags: Map<string, string>;
  /** Older events are neither accepted nor shown. */
  retentionInDays?: number;
  /** Kept and shown. */
  kmsKeyId?: string;
}

/** All log groups. */
export interface LogStore {
  all(): readonly LogGroup[];
  /** Refuses a name that no group has. */
  get(name: string): LogGroup;
  create(name: string, groupClass: string): LogGroup;
  remove(name: string): void;
  createStream(group: LogGroup, name: string): LogStream;
  removeStream(group: LogGroup, name: string): boolean;
  /** Keeps the settings of a group as they are now. */
  save(group: LogGroup): void;
}

const NAME = /^[-._/#A-Za-z0-9]{1,512}$/;
const STREAM_NAME = /^[^:*]{1,512}$/;

/** A group may be given by its name, or by its ARN where the API takes an identifier. */
export const groupName = (reader: Reader): string => {
  if (reader.has('logGroupName') && reader.has('logGroupIdentifier')) {
    throw invalid('Either logGroupName or logGroupIdentifier can be given, not both.');
  }
  return (reader.optionalText('logGroupName') ?? reader.text('logGroupIdentifier'))
    .replace(/^arn:[^:]+:logs:[^:]*:[^:]*:log-group:/, '')
    .replace(/:\*$/, '');
};

/** The time of the oldest event that a group has not lost to its retention. */
export const oldest = ({ retentionInDays: days }: LogGroup, clock: Clock): number =>
  days === undefined ? Number.NEGATIVE_INFINITY : clock.now() - days * 86_400_000;

/** The stream of a request, or the error of AWS. */
export const streamIn = (group: LogGroup, name: string): LogStream => {
  const stream = group.streams.get(name);
  if (stream === undefined) throw notFound('log stream');
  return stream;
};

export const createLogStore = (world: World): LogStore => {
  const groups = new Map<string, LogGroup>();
  const kept = world.collection<KeptGroup>('logs/groups');
  const directory = join(world.directory, 'logs');
  const journalOf = (file: string): Journal => createJournal(join(directory, file), world.persistent);
  const streamsOf = (group: string) => world.collection<KeptStream>(`logs/streams/${group}`);

  const openStream = (group: LogGroup, stream: KeptStream, streams = streamsOf(group.name)): LogStream =>
    createLogStream(`${group.arn}:log-stream:${stream.name}`, group.journal, world.clock, stream, (changed) => {
      // Ten thousand jobs make as many streams: without somebody who keeps them this would be for nothing.
      if (world.persistent) streams.set(stream.name, changed);
    });

  const open = ({ file, ...one }: KeptGroup): LogGroup => {
    const group = {
      ...one,
      file,
      tags: new Map(one.tags),
      journal: journalOf(file),
      streams: new Map<string, LogStream>(),
    };
    const streams = streamsOf(group.name);
    for (const [name, stream] of streams) group.streams.set(name, openStream(group, stream, streams));
    groups.set(group.name, group);
    return group;
  };
  for (const group of kept.values()) open(group);

  world.onClose(() => {
    for (const { journal } of groups.values()) {
      if (world.persistent) journal.close();
      else journal.remove();
    }
  });

  return {
    all: () => [...groups.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
    get: (name) => {
      const group = groups.get(name);
      if (group === undefined) throw notFound('log group');
      return group;
    },
    create: (name, groupClass) => {
      if (!NAME.test(name)) {
        throw invalid(`'logGroupName' must be 1 to 512 letters, digits or any of _-/.#, got ${JSON.stringify(name)}`);
      }
      if (groups.has(name)) throw alreadyExists('log group');
      mkdirSync(directory, { recursive: true });
      const created = {
        ...{ name, arn: world.arn('logs', `log-group:${name}`), createdAt: world.clock.now(), groupClass },
        ...{ file: `${randomUUID()}.log`, tags: new Map<string, string>() },
      };
      kept.set(name, created);
      return open(created);
    },
    remove: (name) => {
      const group = groups.get(name);
      if (group === undefined) throw notFound('log group');
      group.journal.remove();
      groups.delete(name);
      kept.delete(name);
      const streams = streamsOf(name);
      for (const stream of [...streams.keys()]) streams.delete(stream);
    },
    save: ({ name, arn, createdAt, groupClass, file, tags, retentionInDays, kmsKeyId }) => {
      kept.set(name, { name, arn, createdAt, groupClass, file, tags, retentionInDays, kmsKeyId });
    },
    removeStream: (group, name) => {
      if (world.persistent) streamsOf(group.name).delete(name);
      return group.streams.delete(name);
    },
    createStream: (group, name) => {
      if (!STREAM_NAME.test(name)) {
        throw invalid(`'logStreamName' must be 1 to 512 characters without ':' and '*', got ${JSON.stringify(name)}`);
      }
      if (group.streams.has(name)) throw alreadyExists('log stream');
      const created = { name, createdAt: world.clock.now(), batches: [], inOrder: true };
      const stream = openStream(group, created);
      group.streams.set(name, stream);
      if (world.persistent) streamsOf(group.name).set(name, created);
      return stream;
    },
  };
};
