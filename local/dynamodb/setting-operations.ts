import { AwsError, notSupported } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import type { Engine } from './engine';
import { tableName } from './parameters';
import type { SettingsStore } from './table-operations';
import { DEFAULT_SETTINGS, type TableSettings } from './table-settings';

interface Named {
  readonly name: string;
  readonly settings: TableSettings;
  readonly reader: Reader;
}

const backups = ({ pointInTimeRecovery, recoveryDays }: TableSettings): Output => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: pointInTimeRecovery ? 'ENABLED' : 'DISABLED',
      ...(pointInTimeRecovery && { RecoveryPeriodInDays: recoveryDays }),
    },
  },
});

/** Operations on what we keep about a table: expiry, backups and tags. `sweep` begins to delete what expires. */
export const settingOperations = (
  engine: Engine,
  store: SettingsStore,
  sweep: () => void,
): Readonly<Record<string, Operation>> => {
  /** Finds a table, or fails as the engine does. */
  const find = async (input: Input, parameter = 'TableName'): Promise<Named> => {
    const reader = new Reader(input);
    const name = tableName(reader.text(parameter));
    await engine.send('DescribeTable', { TableName: name });
    return { name, settings: store.get(name) ?? DEFAULT_SETTINGS, reader };
  };

  return {
    DescribeTimeToLive: async (input) => {
      const { timeToLive } = (await find(input)).settings;
      return {
        TimeToLiveDescription:
          timeToLive === undefined
            ? { TimeToLiveStatus: 'DISABLED' }
            : { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive },
      };
    },
    UpdateTimeToLive: async (input) => {
      const { name, settings, reader } = await find(input);
      const specification = reader.record('TimeToLiveSpecification');
      const enabled = specification.flag('Enabled');
      if (enabled === (settings.timeToLive !== undefined)) {
        throw new AwsError('ValidationException', `TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
      }
      store.set(name, { ...settings, timeToLive: enabled ? specification.text('AttributeName') : undefined });
      sweep();
      return { TimeToLiveSpecification: specification.values };
    },
    DescribeContinuousBackups: async (input) => backups((await find(input)).settings),
    UpdateContinuousBackups: async (input) => {
      const { name, settings, reader } = await find(input);
      const specification = reader.record('PointInTimeRecoverySpecification');
      const changed = {
        ...settings,
        pointInTimeRecovery: specification.flag('PointInTimeRecoveryEnabled'),
        recoveryDays: specification.optionalNumber('RecoveryPeriodInDays') ?? settings.recoveryDays,
      };
      store.set(name, changed);
      return backups(changed);
    },
    TagResource: async (input) => {
      const { name, settings, reader } = await find(input, 'ResourceArn');
      const tags = reader.records('Tags').map((tag) => [tag.text('Key'), tag.text('Value')] as const);
      store.set(name, { ...settings, tags: { ...settings.tags, ...Object.fromEntries(tags) } });
      return {};
    },
    UntagResource: async (input) => {
      const { name, settings, reader } = await find(input, 'ResourceArn');
      const keys = reader.texts('TagKeys');
      const tags = Object.fromEntries(Object.entries(settings.tags).filter(([key]) => !keys.includes(key)));
      store.set(name, { ...settings, tags });
      return {};
    },
    ListTagsOfResource: async (input) => {
      const { settings, reader } = await find(input, 'ResourceArn');
      if (reader.has('NextToken')) throw notSupported('pages of dynamodb:ListTagsOfResource');
      return { Tags: Object.entries(settings.tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  };
};
