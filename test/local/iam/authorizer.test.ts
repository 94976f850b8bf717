import { afterAll, expect, test } from 'vitest';
import type { Service } from '../../../local/core/service';
import { createAuthorizer } from '../../../local/iam/authorizer';
import { SERVICES } from '../../../local/services';
import { createTestWorld } from '../support';

const services: Service[] = [];
const world = await createTestWorld(
  SERVICES.map((create) => (around) => {
    const service = create(around);
    services.push(service);
    return service;
  }),
);
afterAll(() => world.close());

const trust = { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] };
await world.run('iam', 'CreateRole', { RoleName: 'bare', AssumeRolePolicyDocument: JSON.stringify(trust) });
const principal = { arn: `arn:aws:sts::${world.account}:assumed-role/bare/session` };
const authorizer = createAuthorizer(world, (service, operation, input) => world.run(service, operation, input));

const letThrough = async (input: Readonly<Record<string, unknown>>): Promise<readonly string[]> => {
  const calls = services.flatMap(({ name, operations }) =>
    Object.keys(operations).map((operation) => ({ service: name, operation, input, principal })),
  );
  const decisions = await Promise.all(calls.map((call) => authorizer.check(call)));
  return calls
    .filter((_, index) => decisions[index]?.allowed !== false)
    .map(({ service, operation }) => `${service}:${operation}`);
};

const NOTHING = [
  {},
  { jobs: [], Names: [], Entries: [], TransactItems: [], RequestItems: {} },
  { Delete: { Objects: [] }, Targets: [], Ids: [] },
];

test('a role without policies may do nothing, whatever a call leaves out', async () => {
  // What DeleteObjects deletes is judged key by key.
  const free = ['s3:DeleteObjects', 'sts:GetCallerIdentity'];
  for (const input of NOTHING) expect([...(await letThrough(input))].sort()).toEqual(free);
});

test('a key that does not exist is for no role', async () => {
  const question = { principal, action: 'kms:Decrypt', resource: 'no-such-key', service: 's3' };
  expect(await authorizer.judge(question)).toMatchObject({ allowed: false, error: { code: 'AccessDenied' } });
});

test('keys of AWS are for everybody', async () => {
  const question = { principal, action: 'kms:Decrypt', resource: 'alias/aws/s3' };
  expect(await authorizer.judge(question)).toBeUndefined();
});
