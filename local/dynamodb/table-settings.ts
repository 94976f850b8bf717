import { notSupported } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input } from '../core/service';

/** What we keep about a table beside what the engine knows. */
export interface TableSettings {
  readonly deletionProtection: boolean;
  readonly tableClass?: string;
  /** The KMS key, when it is not the one that AWS owns. */
  readonly encryption?: { readonly key: string };
  readonly tags: Readonly<Record<string, string>>;
  readonly pointInTimeRecovery: boolean;
  readonly recoveryDays: number;
  readonly policy?: string;
  /** The attribute of the expiry time. */
  readonly timeToLive?: string;
}

export const DEFAULT_SETTINGS: TableSettings = {
  deletionProtection: false,
  tags: {},
  pointInTimeRecovery: false,
  recoveryDays: 35,
};

/** Parameters of CreateTable and UpdateTable that we keep ourselves. */
export const SETTING_PARAMETERS = [
  'DeletionProtectionEnabled',
  'SSESpecification',
  'StreamSpecification',
  'TableClass',
  'Tags',
];

const encryptionOf = (reader: Reader, previous: TableSettings): TableSettings['encryption'] => {
  const specification = reader.optionalRecord('SSESpecification');
  if (specification === undefined) return previous.encryption;
  if (!specification.flag('Enabled')) return undefined;
  return { key: specification.optionalText('KMSMasterKeyId') ?? 'alias/aws/dynamodb' };
};

/** The settings after a request that names some of them. */
export const settingsOf = (input: Input, previous: TableSettings): TableSettings => {
  const reader = new Reader(input);
  if (reader.optionalRecord('StreamSpecification')?.flag('StreamEnabled') === true) {
    throw notSupported('streams of DynamoDB tables (StreamSpecification)');
  }
  const tags = reader.records('Tags').map((tag) => [tag.text('Key'), tag.text('Value')] as const);
  return {
    ...previous,
    deletionProtection: reader.has('DeletionProtectionEnabled')
      ? reader.flag('DeletionProtectionEnabled')
      : previous.deletionProtection,
    tableClass: reader.optionalText('TableClass') ?? previous.tableClass,
    encryption: encryptionOf(reader, previous),
    tags: { ...previous.tags, ...Object.fromEntries(tags) },
  };
};

/** The request without what we keep ourselves. */
export const withoutSettings = (input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !SETTING_PARAMETERS.includes(name)));
