import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect } from 'vitest';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const API = 'secretsmanager/latest/apireference';

const secretOf = async ({ clients: { secrets }, name, cleanup }: Target): Promise<string> => {
  const SecretId = name('secret');
  await secrets.send(new CreateSecretCommand({ Name: SecretId, SecretString: 'first' }));
  cleanup(() =>
    secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true })).catch(() => undefined),
  );
  return SecretId;
};

export const secretRows = table('Secrets Manager', 'Secrets', [
  {
    behaviour: 'a new value is AWSCURRENT, and the former one AWSPREVIOUS',
    source: `${API}/API_PutSecretValue.html`,
    test: async (target) => {
      const { secrets } = target.clients;
      const SecretId = await secretOf(target);
      await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'second' }));
      const current = await secrets.send(new GetSecretValueCommand({ SecretId }));
      expect(current).toMatchObject({ SecretString: 'second', VersionStages: ['AWSCURRENT'] });
      const VersionStage = 'AWSPREVIOUS';
      const previous = await secrets.send(new GetSecretValueCommand({ SecretId, VersionStage }));
      expect(previous.SecretString).toBe('first');
    },
  },
  {
    behaviour: 'an update changes description and value, tags are added and removed',
    source: `${API}/API_UpdateSecret.html`,
    test: async (target) => {
      const { secrets } = target.clients;
      const SecretId = await secretOf(target);
      await secrets.send(new UpdateSecretCommand({ SecretId, Description: 'of the database', SecretString: 'second' }));
      const Tags = [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ];
      await secrets.send(new TagResourceCommand({ SecretId, Tags }));
      await secrets.send(new UntagResourceCommand({ SecretId, TagKeys: ['a'] }));
      const described = await secrets.send(new DescribeSecretCommand({ SecretId }));
      expect(described).toMatchObject({ Description: 'of the database', Tags: [{ Key: 'b', Value: '2' }] });
      expect((await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString).toBe('second');
    },
  },
  {
    behaviour: 'a deleted secret gives no value and keeps its name, until it is restored',
    source: `${API}/API_DeleteSecret.html`,
    test: async (target) => {
      const { secrets } = target.clients;
      const SecretId = await secretOf(target);
      const { DeletionDate } = await secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
      expect((DeletionDate?.getTime() ?? 0) - Date.now()).toBeGreaterThan(6 * 86_400_000);
      const refused = { name: 'InvalidRequestException' };
      await expect(secrets.send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject(refused);
      await expect(secrets.send(new CreateSecretCommand({ Name: SecretId }))).rejects.toMatchObject(refused);
      await secrets.send(new RestoreSecretCommand({ SecretId }));
      expect((await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString).toBe('first');
    },
  },
  {
    behaviour: 'a secret is gone when its recovery window of 7 to 30 days, by default 30, ends',
    source: `${API}/API_DeleteSecret.html`,
    local: async (target) => {
      const { secrets } = target.clients;
      const SecretId = await secretOf(target);
      for (const RecoveryWindowInDays of [6, 31]) {
        const wrong = secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays }));
        await expect(wrong).rejects.toMatchObject({ name: 'InvalidParameterException' });
      }
      await secrets.send(new DeleteSecretCommand({ SecretId }));
      await target.endpoint.world.clock.advance(29 * 86_400_000);
      await secrets.send(new DescribeSecretCommand({ SecretId }));
      await target.endpoint.world.clock.advance(86_400_000);
      const gone = secrets.send(new DescribeSecretCommand({ SecretId }));
      await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    },
  },
]);
