import { pageOf } from '../core/pages';
import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import { invalid, notFound } from './errors';
import { groupName, type LogStore } from './log-group';
import type { LogStream } from './log-stream';
import { LIST } from './pages';

const describe = (stream: LogStream) => ({
  logStreamName: stream.name,
  arn: stream.arn,
  creationTime: stream.createdAt,
  firstEventTimestamp: stream.firstTimestamp,
  lastEventTimestamp: stream.lastTimestamp,
  lastIngestionTime: stream.lastIngestion,
  uploadSequenceToken: String(stream.count),
  storedBytes: 0,
});

const byName = (left: LogStream, right: LogStream): number => (left.name < right.name ? -1 : 1);
const byTime = (left: LogStream, right: LogStream): number =>
  (left.lastTimestamp ?? 0) - (right.lastTimestamp ?? 0) || byName(left, right);

const orderOf = (reader: Reader): ((left: LogStream, right: LogStream) => number) => {
  const orderBy = reader.optionalText('orderBy') ?? 'LogStreamName';
  if (orderBy === 'LogStreamName') return byName;
  if (orderBy !== 'LastEventTime') throw invalid(`'orderBy' must be LogStreamName or LastEventTime, got '${orderBy}'`);
  if (reader.has('logStreamNamePrefix')) throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
  return byTime;
};

/** Operations on log streams. */
export const streamOperations = (store: LogStore): Readonly<Record<string, Operation>> => ({
  CreateLogStream: (input) => {
    const reader = new Reader(input);
    store.createStream(store.get(reader.text('logGroupName')), reader.text('logStreamName'));
    return {};
  },
  DeleteLogStream: (input) => {
    const reader = new Reader(input);
    // Its lines stay in the journal of the group, where nobody finds them any more.
    if (!store.removeStream(store.get(reader.text('logGroupName')), reader.text('logStreamName'))) {
      throw notFound('log stream');
    }
    return {};
  },
  DescribeLogStreams: (input) => {
    const reader = new Reader(input);
    const prefix = reader.optionalText('logStreamNamePrefix') ?? '';
    const found = [...store.get(groupName(reader)).streams.values()]
      .filter(({ name }) => name.startsWith(prefix))
      .sort(orderOf(reader));
    if (reader.flag('descending')) found.reverse();
    const { page, next } = pageOf(reader, found, LIST, ({ name }) => name);
    return { logStreams: page.map(describe), nextToken: next };
  },
});
