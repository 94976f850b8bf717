import { AwsError, notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import type { Input } from '../core/service';

/** What a function is, apart from its code. */
export interface Configuration {
  readonly runtime: string;
  readonly handler: string;
  readonly role: string;
  readonly description: string;
  /** Seconds. */
  readonly timeout: number;
  /** MiB. */
  readonly memorySize: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly deadLetterTarget?: string;
  /** Settings that change nothing on this machine, as they were given. */
  readonly inert: Input;
}

const RUNTIMES = ['nodejs20.x', 'nodejs22.x', 'nodejs24.x'];

/** Accepted without effect: no X-Ray, no encryption, the network and the disk of this machine. */
const INERT = ['EphemeralStorage', 'KMSKeyArn', 'KmsKeyArn', 'TracingConfig', 'VpcConfig'];

/** Parameters that would change what a function does. */
const UNSUPPORTED = ['FileSystemConfigs', 'ImageConfig', 'Layers', 'SnapStart', 'DurableConfig'];

const RESERVED =
  /^(AWS_(REGION|DEFAULT_REGION|ACCESS_KEY.*|SECRET_.*|SESSION_.*|LAMBDA_.*|EXECUTION_ENV)|_HANDLER|LAMBDA_.*)$/;

/** Refuses a parameter in the words of Lambda. */
export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message, 400);

/** Reads a number and refuses one outside of its limits. */
export const wholeNumber = (input: Reader, name: string, fallback: number, min: number, max: number): number => {
  const value = input.optionalNumber(name) ?? fallback;
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalidParameter(`'${name}' must be a whole number between ${min} and ${max}, got ${value}`);
};

const runtimeOf = (runtime: string | undefined): string => {
  if (runtime === undefined) throw invalidParameter(`'Runtime' is required; use ${RUNTIMES.join(', ')}`);
  if (!RUNTIMES.includes(runtime)) throw notSupported(`the runtime ${runtime}`, `it has ${RUNTIMES.join(', ')}`);
  return runtime;
};

const variablesOf = (environment: Reader): Configuration['variables'] => {
  const variables = environment.textMap('Variables');
  for (const name of Object.keys(variables)) {
    if (!/^[A-Za-z]\w*$/.test(name)) throw invalidParameter(`'${name}' is no name of an environment variable`);
    if (RESERVED.test(name)) throw invalidParameter(`the environment variable ${name} is reserved for Lambda`);
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > 4_096) {
    throw invalidParameter('environment variables must not have more than 4 KiB together');
  }
  return variables;
};

const logGroupOf = (logging: Reader, name: string): string => {
  const format = logging.optionalText('LogFormat') ?? 'Text';
  if (format !== 'Text') throw notSupported(`the log format ${format}`, 'use Text');
  return logging.optionalText('LogGroup') ?? `/aws/lambda/${name}`;
};

const deadLetterTargetOf = (config: Reader): string | undefined => {
  const arn = config.optionalText('TargetArn') ?? '';
  if (arn === '') return undefined;
  if (/^arn:aws:(sqs|sns):/.test(arn)) return arn;
  throw invalidParameter(`'DeadLetterConfig.TargetArn' must be the ARN of a queue or a topic, got '${arn}'`);
};

const checkUnsupported = (input: Reader): void => {
  for (const name of UNSUPPORTED) {
    const value = input.values[name];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    throw notSupported(`the parameter ${name} of functions`);
  }
  const kind = input.optionalText('PackageType') ?? 'Zip';
  if (kind !== 'Zip') throw notSupported(`functions from images (PackageType ${kind})`, 'use a zip archive');
};

/** Reads the configuration of a new function, or what changes in an existing one. */
export const configurationOf = (input: Reader, name: string, current?: Configuration): Configuration => {
  checkUnsupported(input);
  const environment = input.optionalRecord('Environment');
  const logging = input.optionalRecord('LoggingConfig');
  const deadLetter = input.optionalRecord('DeadLetterConfig');
  return {
    runtime: runtimeOf(input.optionalText('Runtime') ?? current?.runtime),
    handler: input.optionalText('Handler') ?? current?.handler ?? input.text('Handler'),
    role: input.optionalText('Role') ?? current?.role ?? input.text('Role'),
    description: input.optionalText('Description') ?? current?.description ?? '',
    timeout: wholeNumber(input, 'Timeout', current?.timeout ?? 3, 1, 900),
    memorySize: wholeNumber(input, 'MemorySize', current?.memorySize ?? 128, 128, 10_240),
    variables: environment === undefined ? (current?.variables ?? {}) : variablesOf(environment),
    logGroup: logging === undefined ? (current?.logGroup ?? `/aws/lambda/${name}`) : logGroupOf(logging, name),
    deadLetterTarget: deadLetter === undefined ? current?.deadLetterTarget : deadLetterTargetOf(deadLetter),
    inert: {
      ...current?.inert,
      ...Object.fromEntries(INERT.filter((key) => input.has(key)).map((key) => [key, input.values[key]])),
    },
  };
};
