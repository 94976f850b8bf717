import { randomBytes } from 'node:crypto';
import { AwsError, notSupported } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Output, Service } from '../core/service';
import type { World } from '../core/world';
import { invalid, stagesOf, versionOf, type Secret, type SecretVersion } from './secret';

const notFound = (): AwsError =>
  new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");

const wanted = (secret: Secret, reader: Reader): SecretVersion => {
  const id = reader.optionalText('VersionId');
  const stage = reader.optionalText('VersionStage') ?? (id === undefined ? 'AWSCURRENT' : undefined);
  const found = [secret.current, secret.previous].find(
    (version) =>
      version !== undefined &&
      (id === undefined || version.id === id) &&
      (stage === undefined || stagesOf(secret)[version.id].includes(stage)),
  );
  if (found === undefined) throw notFound();
  return found;
};

/** AWS Secrets Manager: values and their former versions. Rotation and replicas are refused by name. */
export const createSecretsManager = (world: World): Service => {
  const secrets = new Map<string, Secret>();

  const find = (reader: Reader): Secret => {
    const id = reader.text('SecretId');
    // An ARN may come without its six random characters.
    const secret = secrets.get(id) ?? [...secrets.values()].find(({ arn }) => arn === id || arn.slice(0, -7) === id);
    if (secret === undefined) throw notFound();
    return secret;
  };
  const live = (reader: Reader): Secret => {
    const secret = find(reader);
    if (secret.deletedAt === undefined) return secret;
    throw new AwsError('InvalidRequestException', 'The secret was marked for deletion.');
  };

  const create = (input: Input): Output => {
    const reader = new Reader(input);
    const name = reader.text('Name');
    if (!/^[\w/+=.@-]{1,512}$/.test(name))
      throw invalid(`'Name' must be 1 to 512 letters, digits or /_+=.@-, got '${name}'`);
    if (reader.has('AddReplicaRegions')) throw notSupported('replicas of secrets (AddReplicaRegions)');
    if (secrets.has(name)) {
      throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
    }
    const secret: Secret = {
      name,
      arn: world.arn('secretsmanager', `secret:${name}-${randomBytes(3).toString('hex')}`),
      createdAt: new Date(),
      description: reader.optionalText('Description'),
      kmsKeyId: reader.optionalText('KmsKeyId'),
      tags: reader.records('Tags').map((tag) => ({ Key: tag.text('Key'), Value: tag.text('Value') })),
      current: versionOf(reader),
    };
    secrets.set(name, secret);
    return { ARN: secret.arn, Name: name, VersionId: secret.current?.id };
  };

  return {
    name: 'secretsmanager',
    operations: {
      CreateSecret: create,
      GetSecretValue: (input) => {
        const reader = new Reader(input);
        const secret = live(reader);
        const { id, text, binary, createdAt } = wanted(secret, reader);
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: id,
          SecretString: text,
          SecretBinary: binary,
          VersionStages: stagesOf(secret)[id],
          CreatedDate: createdAt,
        };
      },
      PutSecretValue: (input) => {
        const reader = new Reader(input);
        if (reader.has('VersionStages')) throw notSupported('VersionStages of secretsmanager:PutSecretValue');
        const secret = live(reader);
        const current = versionOf(reader);
        if (current === undefined) throw invalid('You must provide either SecretString or SecretBinary.');
        secrets.set(secret.name, { ...secret, current, previous: secret.current });
        return { ARN: secret.arn, Name: secret.name, VersionId: current.id, VersionStages: ['AWSCURRENT'] };
      },
      DescribeSecret: (input) => {
        const secret = find(new Reader(input));
        return {
          ARN: secret.arn,
          Name: secret.name,
          Description: secret.description,
          KmsKeyId: secret.kmsKeyId,
          CreatedDate: secret.createdAt,
          LastChangedDate: secret.current?.createdAt ?? secret.createdAt,
          DeletedDate: secret.deletedAt,
          Tags: secret.tags,
          VersionIdsToStages: stagesOf(secret),
        };
      },
      DeleteSecret: (input) => {
        const reader = new Reader(input);
        const secret = find(reader);
        const deletedAt = new Date();
        if (reader.flag('ForceDeleteWithoutRecovery')) secrets.delete(secret.name);
        else secrets.set(secret.name, { ...secret, deletedAt });
        return { ARN: secret.arn, Name: secret.name, DeletionDate: deletedAt };
      },
    },
  };
};
