import { randomBytes } from 'node:crypto';
import { AwsError, notSupported } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Output, Service } from '../core/service';
import type { World } from '../core/world';
import { invalid, type Secret, type SecretVersion, stagesOf, tagsIn, versionOf } from './secret';

const DAY_MS = 86_400_000;

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
  const secrets = world.collection<Secret>('secretsmanager/secrets');
  const now = (): number => world.clock.now();

  /** A secret that is not gone yet; the name of one that is, is free again. */
  const byName = (name: string): Secret | undefined => {
    const secret = secrets.get(name);
    if (secret?.deletedAt === undefined || secret.deletedAt > now()) return secret;
    secrets.delete(name);
    return undefined;
  };
  const find = (reader: Reader): Secret => {
    const id = reader.text('SecretId');
    // An ARN may come without its six random characters.
    const named = [...secrets.values()].find(({ arn }) => arn === id || arn.slice(0, -7) === id)?.name ?? id;
    const secret = byName(named);
    if (secret === undefined) throw notFound();
    return secret;
  };
  const live = (reader: Reader): Secret => {
    const secret = find(reader);
    if (secret.deletedAt === undefined) return secret;
    throw new AwsError(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  };

  const create = (input: Input): Output => {
    const reader = new Reader(input);
    const name = reader.text('Name');
    if (!/^[\w/+=.@-]{1,512}$/.test(name))
      throw invalid(`'Name' must be 1 to 512 letters, digits or /_+=.@-, got '${name}'`);
    if (reader.has('AddReplicaRegions')) throw notSupported('replicas of secrets (AddReplicaRegions)');
    const former = byName(name);
    if (former?.deletedAt !== undefined) {
      throw new AwsError(
        'InvalidRequestException',
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (former !== undefined) {
      throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
    }
    const secret: Secret = {
      name,
      arn: world.arn('secretsmanager', `secret:${name}-${randomBytes(3).toString('hex')}`),
      createdAt: now(),
      description: reader.optionalText('Description'),
      kmsKeyId: reader.optionalText('KmsKeyId'),
      tags: tagsIn(reader),
      current: versionOf(reader, now()),
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
          CreatedDate: new Date(createdAt),
        };
      },
      PutSecretValue: (input) => {
        const reader = new Reader(input);
        if (reader.has('VersionStages')) throw notSupported('VersionStages of secretsmanager:PutSecretValue');
        const secret = live(reader);
        const current = versionOf(reader, now());
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
          CreatedDate: new Date(secret.createdAt),
          LastChangedDate: new Date(secret.current?.createdAt ?? secret.createdAt),
          ...(secret.deletedAt !== undefined && { DeletedDate: new Date(secret.deletedAt) }),
          Tags: secret.tags,
          VersionIdsToStages: stagesOf(secret),
        };
      },
      DeleteSecret: (input) => {
        const reader = new Reader(input);
        const secret = find(reader);
        const force = reader.flag('ForceDeleteWithoutRecovery');
        const days = reader.optionalNumber('RecoveryWindowInDays');
        if (force && days !== undefined) {
          throw invalid("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        if (days !== undefined && (days < 7 || days > 30)) {
          throw invalid('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
        }
        const deletedAt = now() + (force ? 0 : (days ?? 30) * DAY_MS);
        if (force) secrets.delete(secret.name);
        else secrets.set(secret.name, { ...secret, deletedAt });
        return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(deletedAt) };
      },
      RestoreSecret: (input) => {
        const secret = find(new Reader(input));
        secrets.set(secret.name, { ...secret, deletedAt: undefined });
        return { ARN: secret.arn, Name: secret.name };
      },
      UpdateSecret: (input) => {
        const reader = new Reader(input);
        const secret = live(reader);
        const fresh = versionOf(reader, now());
        secrets.set(secret.name, {
          ...secret,
          description: reader.optionalText('Description') ?? secret.description,
          kmsKeyId: reader.optionalText('KmsKeyId') ?? secret.kmsKeyId,
          ...(fresh !== undefined && { current: fresh, previous: secret.current }),
        });
        return { ARN: secret.arn, Name: secret.name, VersionId: fresh?.id };
      },
      TagResource: (input) => {
        const reader = new Reader(input);
        const secret = live(reader);
        const tags = tagsIn(reader);
        const kept = secret.tags.filter(({ Key }) => !tags.some((tag) => tag.Key === Key));
        secrets.set(secret.name, { ...secret, tags: [...kept, ...tags] });
        return {};
      },
      UntagResource: (input) => {
        const reader = new Reader(input);
        const secret = live(reader);
        const keys = reader.texts('TagKeys');
        secrets.set(secret.name, { ...secret, tags: secret.tags.filter(({ Key }) => !keys.includes(Key)) });
        return {};
      },
    },
  };
};
