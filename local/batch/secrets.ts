import { Reader } from '../core/reader';
import type { Input, Output, Principal } from '../core/service';
import type { World } from '../core/world';
import type { Secret, Variable } from './container';

type Fetch = (service: string, operation: string, input: Input) => Promise<Output>;

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

/** `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME[:JSON-KEY:VERSION-STAGE:VERSION-ID]` */
const fetchSecret = async (fetch: Fetch, valueFrom: string): Promise<string> => {
  const parts = valueFrom.split(':');
  const [key, stage, version] = parts.slice(7).map(nonEmpty);
  const input = { SecretId: parts.slice(0, 7).join(':'), VersionStage: stage, VersionId: version };
  const text = new Reader(await fetch('secretsmanager', 'GetSecretValue', input)).text('SecretString');
  if (key === undefined) return text;
  const values: unknown = JSON.parse(text);
  return new Reader({ secret: values }).record('secret').text(key);
};

const fetchParameter = async (fetch: Fetch, valueFrom: string): Promise<string> => {
  // As the agent of Amazon ECS asks: this is the permission that its execution roles have.
  const output = new Reader(await fetch('ssm', 'GetParameters', { Names: [valueFrom], WithDecryption: true }));
  const parameter = output.records('Parameters').at(0);
  if (parameter === undefined) throw new Error(`invalid ssm parameters: ${valueFrom}`);
  return parameter.text('Value');
};

/** Fetches the values of secrets as the execution role does before a container starts. */
export const fetchSecrets = async (
  world: World,
  secrets: readonly Secret[],
  principal: Principal,
): Promise<readonly Variable[]> => {
  const fetch: Fetch = (service, operation, input) => world.call({ service, operation, input, principal });
  return await Promise.all(
    secrets.map(async ({ name, valueFrom }) => ({
      name,
      value: await (valueFrom.startsWith('arn:aws:secretsmanager:') ? fetchSecret : fetchParameter)(fetch, valueFrom),
    })),
  );
};
