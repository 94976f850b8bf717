import { createHash } from 'node:crypto';
import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Operation } from '../core/service';
import type { Engine } from './engine';
import { checkKnown, tableName } from './parameters';
import type { SettingsStore } from './table-operations';
import { DEFAULT_SETTINGS, type TableSettings } from './table-settings';

interface Named {
  readonly name: string;
  readonly settings: TableSettings;
  readonly reader: Reader;
}

/** The same for the same policy. */
const revisionOf = (policy: string): string => createHash('sha256').update(policy).digest('hex').slice(0, 16);

const notFound = (): AwsError =>
  new AwsError('PolicyNotFoundException', 'The requested policy was not found, or has another revision');

/** What is expected of the present policy: `NO_POLICY` says that there is none. */
const checkRevision = (policy: string | undefined, reader: Reader): void => {
  const expected = reader.optionalText('ExpectedRevisionId');
  if (expected === undefined) return;
  if (expected !== (policy === undefined ? 'NO_POLICY' : revisionOf(policy))) throw notFound();
};

const checkDocument = (policy: string): void => {
  try {
    JSON.parse(policy);
  } catch {
    throw new AwsError('ValidationException', 'The policy is not valid JSON');
  }
};

/** Operations on the policies of tables; local/iam asks them. */
export const policyOperations = (engine: Engine, store: SettingsStore): Readonly<Record<string, Operation>> => {
  /** Finds a table, or fails as the engine does. */
  const find = async (operation: string, input: Input, ...others: string[]): Promise<Named> => {
    checkKnown(operation, input, ['ResourceArn', ...others]);
    const reader = new Reader(input);
    const name = tableName(reader.text('ResourceArn'));
    const kept = store.get(name);
    if (kept === undefined) await engine.send('DescribeTable', { TableName: name });
    return { name, settings: kept ?? DEFAULT_SETTINGS, reader };
  };

  return {
    PutResourcePolicy: async (input) => {
      const others = ['Policy', 'ExpectedRevisionId', 'ConfirmRemoveSelfResourceAccess'];
      const { name, settings, reader } = await find('PutResourcePolicy', input, ...others);
      checkRevision(settings.policy, reader);
      const policy = reader.text('Policy');
      checkDocument(policy);
      store.set(name, { ...settings, policy });
      return { RevisionId: revisionOf(policy) };
    },
    GetResourcePolicy: async (input) => {
      const { policy } = (await find('GetResourcePolicy', input)).settings;
      if (policy === undefined) throw notFound();
      return { Policy: policy, RevisionId: revisionOf(policy) };
    },
    DeleteResourcePolicy: async (input) => {
      const { name, settings, reader } = await find('DeleteResourcePolicy', input, 'ExpectedRevisionId');
      checkRevision(settings.policy, reader);
      if (settings.policy === undefined) return {};
      store.set(name, { ...settings, policy: undefined });
      return { RevisionId: revisionOf(settings.policy) };
    },
  };
};
