import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Reader } from '../core/reader';
import type { World } from '../core/world';
import { alreadyExists, invalid, notFound } from './errors';
import { createJournal, type Journal } from './journal';
import { createLogStream, type LogStream } from './log-stream';

/** A log group and its streams. */
export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly groupClass: string;
  readonly journal: Journal;
  readonly streams: Map<string, LogStream>;
  readonly tags: Map<string, string>;
  /** Kept, shown, and with one effect: older events are not accepted. */
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
}

const NAME = /^[-._/#A-Za-z0-9]{1,512}$/;
const STREAM_NAME = /^[^:*]{1,512}$/;

/** A group may be given by its name, or by its ARN where the API takes an identifier. */
export const groupName = (reader: Reader): string =>
  (reader.optionalText('logGroupName') ?? reader.text('logGroupIdentifier'))
    .replace(/^arn:[^:]+:logs:[^:]*:[^:]*:log-group:/, '')
    .replace(/:\*$/, '');

/** The stream of a request, or the error of AWS. */
export const streamIn = (group: LogGroup, name: string): LogStream => {
  const stream = group.streams.get(name);
  if (stream === undefined) throw notFound('log stream');
  return stream;
};

export const createLogStore = (world: World): LogStore => {
  const groups = new Map<string, LogGroup>();
  const directory = join(world.directory, 'logs');
  world.onClose(() => {
    for (const { journal } of groups.values()) journal.remove();
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
      const group: LogGroup = {
        name,
        arn: world.arn('logs', `log-group:${name}`),
        createdAt: Date.now(),
        groupClass,
        journal: createJournal(join(directory, `${randomUUID()}.log`)),
        streams: new Map(),
        tags: new Map(),
      };
      groups.set(name, group);
      return group;
    },
    remove: (name) => {
      const group = groups.get(name);
      if (group === undefined) throw notFound('log group');
      group.journal.remove();
      groups.delete(name);
    },
    createStream: (group, name) => {
      if (!STREAM_NAME.test(name)) {
        throw invalid(`'logStreamName' must be 1 to 512 characters without ':' and '*', got ${JSON.stringify(name)}`);
      }
      if (group.streams.has(name)) throw alreadyExists('log stream');
      const stream = createLogStream(name, `${group.arn}:log-stream:${name}`, group.journal);
      group.streams.set(name, stream);
      return stream;
    },
  };
};
