import { randomUUID } from 'node:crypto';
import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Operation, Output, Service } from '../core/service';
import type { World } from '../core/world';

interface Key {
  readonly id: string;
  readonly arn: string;
  readonly policy: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly isRotated: boolean;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** When it will be deleted. */
  readonly deletion?: number;
}

const DAY_MS = 86_400_000;

/** What AWS gives a key without a policy: the policies of the account's roles decide. */
const defaultPolicy = ({ partition, account }: World): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });

const describe = ({ id, arn, description, enabled, created, deletion }: Key, account: string): Output => ({
  KeyId: id,
  Arn: arn,
  AWSAccountId: account,
  Description: description,
  Enabled: enabled && deletion === undefined,
  KeyState: deletion !== undefined ? 'PendingDeletion' : enabled ? 'Enabled' : 'Disabled',
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyManager: 'CUSTOMER',
  Origin: 'AWS_KMS',
  CreationDate: new Date(created),
  DeletionDate: deletion === undefined ? undefined : new Date(deletion),
});

/** Keys, their policies and names. Nothing is encrypted with them: what counts is who may use them. */
export const createKms = (world: World): Service => {
  const keys = world.collection<Key>('kms/keys');
  const aliases = world.collection<string>('kms/aliases');

  const find = (name: string): Key => {
    const alias = /(alias\/.+)$/.exec(name)?.at(1);
    const id = alias === undefined ? name.slice(name.lastIndexOf('/') + 1) : (aliases.get(alias) ?? '');
    const key = keys.get(id);
    if (key === undefined) throw new AwsError('NotFoundException', `Key '${name}' does not exist`);
    return key;
  };
  const keyIn = (input: Reader, member = 'KeyId'): Key => find(input.text(member));
  const change =
    (changed: (input: Reader) => Partial<Key>): Operation =>
    (values: Input) => {
      const input = new Reader(values);
      const key = keyIn(input);
      keys.set(key.id, { ...key, ...changed(input) });
      return {};
    };

  const operations: Record<string, Operation> = {
    CreateKey: (values) => {
      const input = new Reader(values);
      const id = randomUUID();
      const key: Key = {
        id,
        arn: world.arn('kms', `key/${id}`),
        policy: input.optionalText('Policy') ?? defaultPolicy(world),
        description: input.optionalText('Description') ?? '',
        enabled: true,
        isRotated: false,
        created: world.clock.now(),
      };
      keys.set(id, key);
      return { KeyMetadata: describe(key, world.account) };
    },
    DescribeKey: (values) => ({ KeyMetadata: describe(keyIn(new Reader(values)), world.account) }),
    ListKeys: () => ({ Keys: [...keys.values()].map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), Truncated: false }),
    GetKeyPolicy: (values) => ({ Policy: keyIn(new Reader(values)).policy, PolicyName: 'default' }),
    PutKeyPolicy: change((input) => ({ policy: input.text('Policy') })),
    UpdateKeyDescription: change((input) => ({ description: input.text('Description') })),
    EnableKey: change(() => ({ enabled: true })),
    DisableKey: change(() => ({ enabled: false })),
    EnableKeyRotation: change(() => ({ isRotated: true })),
    DisableKeyRotation: change(() => ({ isRotated: false })),
    GetKeyRotationStatus: (values) => ({ KeyRotationEnabled: keyIn(new Reader(values)).isRotated }),
    ScheduleKeyDeletion: (values) => {
      const input = new Reader(values);
      const key = keyIn(input);
      const deletion = world.clock.now() + (input.optionalNumber('PendingWindowInDays') ?? 30) * DAY_MS;
      keys.set(key.id, { ...key, deletion });
      return { KeyId: key.arn, DeletionDate: new Date(deletion), KeyState: 'PendingDeletion' };
    },
    CreateAlias: (values) => {
      const input = new Reader(values);
      const name = input.text('AliasName');
      if (aliases.has(name))
        throw new AwsError('AlreadyExistsException', `An alias with the name ${name} already exists`);
      aliases.set(name, keyIn(input, 'TargetKeyId').id);
      return {};
    },
    UpdateAlias: (values) => {
      const input = new Reader(values);
      aliases.set(input.text('AliasName'), keyIn(input, 'TargetKeyId').id);
      return {};
    },
    DeleteAlias: (values) => {
      const name = new Reader(values).text('AliasName');
      if (!aliases.delete(name)) throw new AwsError('NotFoundException', `Alias ${name} is not found.`);
      return {};
    },
    ListAliases: () => ({
      Aliases: [...aliases].map(([AliasName, TargetKeyId]) => ({
        AliasName,
        TargetKeyId,
        AliasArn: world.arn('kms', AliasName),
      })),
      Truncated: false,
    }),
  };
  return { name: 'kms', operations };
};
