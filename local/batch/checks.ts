import { AwsError, notSupported } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input } from '../core/service';

export const clientError = (message: string): AwsError => new AwsError('ClientException', message);

/** Reads a request of this service. */
export const readInput = (input: Input): Reader => new Reader(input, '', 'ClientException');

/** Refuses, by its name, what this endpoint would otherwise ignore. */
export const allowOnly = (reader: Reader, where: string, names: readonly string[]): void => {
  for (const name of Object.keys(reader.values)) {
    if (reader.has(name) && !names.includes(name)) throw notSupported(`'${name}' of ${where}`);
  }
};

/** Names of jobs, job definitions, job queues and compute environments follow one rule. */
export const checkName = (kind: string, name: string): string => {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(name)) {
    throw clientError(
      `${kind} '${name}' must be 1 to 128 letters, digits, hyphens and underscores, and start with a letter or digit`,
    );
  }
  return name;
};

export const checkRange = (name: string, value: number, min: number, max: number): number => {
  if (!Number.isInteger(value) || value < min || value > max) {
    const allowed = max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `between ${min} and ${max}`;
    throw clientError(`'${name}' must be a whole number ${allowed}, got ${value}`);
  }
  return value;
};

/** A value of a closed set, in any case: the CDK writes some of them in lower case. */
export const oneOf = <T extends string>(name: string, value: string, allowed: readonly T[]): T => {
  const found = allowed.find((entry) => entry.toLowerCase() === value.toLowerCase());
  if (found === undefined) throw clientError(`'${name}' must be one of ${allowed.join(' | ')}, got '${value}'`);
  return found;
};

export const readState = (reader: Reader): 'ENABLED' | 'DISABLED' =>
  oneOf('state', reader.optionalText('state') ?? 'ENABLED', ['ENABLED', 'DISABLED']);

/** A name and, after a colon, what follows it: the revision of a job definition, the index of an array child. */
export const splitName = (text: string): { readonly name: string; readonly suffix?: string } => {
  const colon = text.indexOf(':');
  return colon < 0 ? { name: text } : { name: text.slice(0, colon), suffix: text.slice(colon + 1) };
};

/** The name in an ARN such as `arn:aws:batch:us-east-1:000000000000:job-queue/NAME`; a bare name stays as it is. */
export const nameOf = (kind: 'compute-environment' | 'job-queue' | 'job-definition', reference: string): string => {
  if (!reference.startsWith('arn:')) return reference;
  const [, , service, , , ...resource] = reference.split(':');
  const prefix = `${kind}/`;
  const path = resource.join(':');
  if (service !== 'batch' || !path.startsWith(prefix)) {
    throw clientError(`'${reference}' is not the ARN of a ${kind.replace('-', ' ')}`);
  }
  return path.slice(prefix.length);
};
