import { randomUUID } from 'node:crypto';
import { AwsError } from '../core/errors';
import type { Reader } from '../core/reader';

/** A value of a secret: text, or bytes as base64. */
export interface SecretVersion {
  readonly id: string;
  readonly text?: string;
  readonly binary?: string;
  /** Milliseconds since 1970, as all times here. */
  readonly createdAt: number;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A secret with its present and its former value. */
export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly tags: readonly Tag[];
  readonly current?: SecretVersion;
  readonly previous?: SecretVersion;
  /** When it is gone for good. */
  readonly deletedAt?: number;
}

export const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

const binaryOf = (reader: Reader): string | undefined => {
  const value = reader.values.SecretBinary;
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : reader.optionalText('SecretBinary');
};

/** The value in a request; undefined when there is none. */
export const versionOf = (reader: Reader, createdAt: number): SecretVersion | undefined => {
  const text = reader.optionalText('SecretString');
  const binary = binaryOf(reader);
  if (text !== undefined && binary !== undefined)
    throw invalid('You must provide either SecretString or SecretBinary.');
  if (text === undefined && binary === undefined) return undefined;
  return { id: reader.optionalText('ClientRequestToken') ?? randomUUID(), text, binary, createdAt };
};

export const tagsIn = (reader: Reader): readonly Tag[] =>
  reader.records('Tags').map((tag) => ({ Key: tag.text('Key'), Value: tag.text('Value') }));

/** The versions of a secret with their stages. */
export const stagesOf = ({ current, previous }: Secret): Readonly<Record<string, readonly string[]>> => ({
  ...(previous !== undefined && { [previous.id]: ['AWSPREVIOUS'] }),
  ...(current !== undefined && { [current.id]: ['AWSCURRENT'] }),
});
