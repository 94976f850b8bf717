import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSecretsManager } from '../../../local/secretsmanager/service';
import { createTestWorld, type TestWorld } from '../support';

let world: TestWorld;
let arn: string;
const run = (operation: string, input: Readonly<Record<string, unknown>> = {}) =>
  world.run('secretsmanager', operation, { SecretId: 'db/password', ...input });

beforeEach(async () => {
  world = await createTestWorld([createSecretsManager]);
  const { ARN } = await run('CreateSecret', {
    Name: 'db/password',
    SecretString: 'first',
    Tags: [{ Key: 'a', Value: 'b' }],
  });
  arn = String(ARN);
});
afterEach(() => world.close());

test('a secret is found by name, by ARN and by ARN without its suffix', async () => {
  expect(arn).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:db\/password-[\da-f]{6}$/);
  for (const SecretId of ['db/password', arn, arn.slice(0, -7)]) {
    expect(await run('GetSecretValue', { SecretId })).toMatchObject({
      SecretString: 'first',
      VersionStages: ['AWSCURRENT'],
    });
  }
});

test('bytes come back as base64', async () => {
  await run('PutSecretValue', { SecretBinary: Buffer.from([0, 1]) });
  expect(await run('GetSecretValue')).toMatchObject({ SecretBinary: 'AAE=', SecretString: undefined });
});

test('the name of a secret that was deleted by force is free', async () => {
  await run('DeleteSecret', { ForceDeleteWithoutRecovery: true });
  await run('CreateSecret', { Name: 'db/password' });
  await expect(run('GetSecretValue')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test.each([
  ['GetSecretValue', { SecretId: 'none' }, 'ResourceNotFoundException', "can't find"],
  ['GetSecretValue', { VersionStage: 'AWSPREVIOUS' }, 'ResourceNotFoundException', "can't find"],
  ['PutSecretValue', {}, 'InvalidParameterException', 'either SecretString or SecretBinary'],
  ['PutSecretValue', { SecretString: 'a', SecretBinary: 'YQ==' }, 'InvalidParameterException', 'either'],
  ['CreateSecret', { Name: 'a b' }, 'InvalidParameterException', "got 'a b'"],
  ['CreateSecret', { Name: 'a', AddReplicaRegions: [] }, 'NotImplemented', 'AddReplicaRegions'],
  ['RotateSecret', {}, 'NotImplemented', 'secretsmanager:RotateSecret'],
])('fails %s of %j', async (operation, input, name, message) => {
  const answer = run(operation, input);
  await expect(answer).rejects.toThrow(message);
  await expect(answer).rejects.toMatchObject({ name });
});
