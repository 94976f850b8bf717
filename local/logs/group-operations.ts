import { pageOf } from '../core/pages';
import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import type { World } from '../core/world';
import { invalid } from './errors';
import { checkKey } from './check-key';
import { groupName, type LogGroup, type LogStore } from './log-group';
import { LIST } from './pages';

const CLASSES = ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'];

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const describe = (group: LogGroup) => ({
  logGroupName: group.name,
  arn: `${group.arn}:*`,
  logGroupArn: group.arn,
  creationTime: group.createdAt,
  retentionInDays: group.retentionInDays,
  kmsKeyId: group.kmsKeyId,
  logGroupClass: group.groupClass,
  metricFilterCount: 0,
});

const classOf = (reader: Reader): string => {
  const groupClass = reader.optionalText('logGroupClass') ?? 'STANDARD';
  if (CLASSES.includes(groupClass)) return groupClass;
  throw invalid(`'logGroupClass' must be one of ${CLASSES.join(', ')}, got '${groupClass}'`);
};

/** Operations on log groups. */
export const groupOperations = (world: World, store: LogStore): Readonly<Record<string, Operation>> => {
  const change =
    (apply: (group: LogGroup, reader: Reader) => void): Operation =>
    (input) => {
      const reader = new Reader(input);
      const group = store.get(groupName(reader));
      apply(group, reader);
      store.save(group);
      return {};
    };

  const associate = change((group, reader) => {
    group.kmsKeyId = reader.text('kmsKeyId');
  });

  return {
    CreateLogGroup: async (input) => {
      const reader = new Reader(input);
      const tags = reader.textMap('tags');
      const name = reader.text('logGroupName');
      const kmsKeyId = reader.optionalText('kmsKeyId');
      if (kmsKeyId !== undefined) await checkKey(world, kmsKeyId, name);
      const group = store.create(name, classOf(reader));
      group.kmsKeyId = kmsKeyId;
      for (const [key, value] of Object.entries(tags)) group.tags.set(key, value);
      store.save(group);
      return {};
    },
    DeleteLogGroup: (input) => {
      store.remove(new Reader(input).text('logGroupName'));
      return {};
    },
    DescribeLogGroups: (input) => {
      const reader = new Reader(input);
      if (reader.has('logGroupNamePrefix') && reader.has('logGroupNamePattern')) {
        throw invalid('Either logGroupNamePrefix or logGroupNamePattern can be given, not both.');
      }
      const prefix = reader.optionalText('logGroupNamePrefix') ?? '';
      const part = reader.optionalText('logGroupNamePattern')?.toLowerCase() ?? '';
      const found = store.all().filter(({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(part));
      const { page, next } = pageOf(reader, found, LIST, ({ name }) => name);
      return { logGroups: page.map(describe), nextToken: next };
    },
    PutRetentionPolicy: change((group, reader) => {
      const days = reader.number('retentionInDays');
      if (!RETENTIONS.includes(days)) {
        throw invalid(`'retentionInDays' must be one of ${RETENTIONS.join(', ')}, got ${days}`);
      }
      group.retentionInDays = days;
    }),
    DeleteRetentionPolicy: change((group) => {
      group.retentionInDays = undefined;
    }),
    AssociateKmsKey: async (input, call) => {
      const reader = new Reader(input);
      await checkKey(world, reader.text('kmsKeyId'), store.get(groupName(reader)).name);
      return associate(input, call);
    },
    DisassociateKmsKey: change((group) => {
      group.kmsKeyId = undefined;
    }),
  };
};
