import { Reader } from '../../core/reader';
import type { Input, Principal } from '../../core/service';
import type { World } from '../../core/world';
import { validationError } from '../template/errors';
import { isRecord } from '../../core/json';
import { isList } from '../template/json';

const REFERENCES = /\{\{resolve:([a-z-]+):([^{}]*)\}\}/g;

export const hasReference = (text: string): boolean => text.search(REFERENCES) !== -1;

type Resolve = (reference: string, world: World, principal: Principal, type: string) => Promise<string>;

/** `name` or `name:version`. */
const parameter: Resolve = async (name, world, principal) => {
  const call = { service: 'ssm', operation: 'GetParameter', input: { Name: name }, principal };
  const found = new Reader(await world.call(call)).record('Parameter');
  if (found.text('Type') === 'SecureString') {
    throw validationError(`Non-secure ssm prefix was used for secure parameter: [${name}]`);
  }
  return found.text('Value');
};

/** `secret-id:SecretString:json-key:version-stage:version-id`, where the id may be an ARN and all after it absent. */
const secret: Resolve = async (reference, world, principal) => {
  const parts = reference.split(':');
  const SecretId = parts.splice(0, parts[0] === 'arn' ? 7 : 1).join(':');
  const [kind = '', key = '', VersionStage = '', VersionId = ''] = parts;
  if (kind !== '' && kind !== 'SecretString')
    throw validationError(`{{resolve:secretsmanager}} gives SecretString only`);
  const input = { SecretId, ...(VersionStage !== '' && { VersionStage }), ...(VersionId !== '' && { VersionId }) };
  const call = { service: 'secretsmanager', operation: 'GetSecretValue', input, principal };
  const text = new Reader(await world.call(call)).text('SecretString');
  if (key === '') return text;
  const notThere = validationError(`Could not find a value associated with JSONKey in SecretString`);
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || value[key] === undefined) throw notThere;
    return typeof value[key] === 'string' ? value[key] : JSON.stringify(value[key]);
  } catch (error) {
    throw error instanceof SyntaxError ? validationError('Could not parse SecretString JSON') : error;
  }
};

/** No type of the closed list is among those that take secure parameters. */
const secure: Resolve = (name, _world, _principal, type) => {
  throw validationError(`SSM Secure reference is not supported in: [${type}]: ${name}`);
};

const resolvers: Readonly<Record<string, Resolve>> = { ssm: parameter, secretsmanager: secret, 'ssm-secure': secure };

/** A value of a resource's properties with all its dynamic references resolved, in the name of who deploys. */
const resolve = async (world: World, principal: Principal, type: string, value: unknown): Promise<unknown> => {
  if (isList(value)) return Promise.all(value.map((entry) => resolve(world, principal, type, entry)));
  if (isRecord(value)) return resolveReferences(world, principal, type, value);
  if (typeof value !== 'string') return value;
  const answers = await Promise.all(
    [...value.matchAll(REFERENCES)].map(([whole, service, reference]) => {
      if (Object.hasOwn(resolvers, service)) return resolvers[service](reference, world, principal, type);
      throw validationError(`Invalid dynamic reference ${whole}: there is no service ${service}`);
    }),
  );
  let next = 0;
  return value.replaceAll(REFERENCES, () => answers[next++]);
};

export const resolveReferences = async (
  world: World,
  principal: Principal,
  type: string,
  properties: Input,
): Promise<Input> => {
  const entries = Object.entries(properties).map(
    async ([name, value]) => [name, await resolve(world, principal, type, value)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
};
