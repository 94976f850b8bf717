import { describe, expect, test } from 'vitest';
import { contextOf } from '../../../local/iam/context';
import { evaluate, type PolicySet } from '../../../local/iam/evaluate';
import { readPolicy } from '../../../local/iam/policy';

const ACCOUNT = '000000000000';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Worker`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/Worker/one`;
const BUCKET = 'arn:aws:s3:::data';

const policy = (name: string, ...statements: readonly object[]) => readPolicy(name, { Statement: statements });
const allow = (more: object = {}) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...more });
const deny = (more: object = {}) => ({ Effect: 'Deny', Action: 's3:*', Resource: '*', ...more });

const judge = (policies: Partial<PolicySet>, service?: string) =>
  evaluate(
    {
      requester: {
        arn: service ?? SESSION,
        roleArn: service === undefined ? ROLE : undefined,
        account: ACCOUNT,
        service,
      },
      action: 's3:GetObject',
      resource: `${BUCKET}/a`,
      context: contextOf({}),
    },
    { identity: [], ...policies },
  );

const identity = (...statements: readonly object[]) => ({ identity: [policy('Own', ...statements)] });
const resource = (...statements: readonly object[]) => ({ resource: policy('Bucket', ...statements) });
const boundary = (...statements: readonly object[]) => ({ boundary: [policy('Limit', ...statements)] });
const to = (principal: unknown) => allow({ Principal: principal });

describe('what is allowed in one account', () => {
  test.each([
    ['nothing by default', {}, false],
    ['what an identity policy allows', identity(allow()), true],
    ['not what it also denies', identity(allow(), deny()), false],
    ['what the policy of the resource gives to everybody', resource(to('*')), true],
    ['what it gives to the session', resource(to({ AWS: SESSION })), true],
    ['what it gives to the role', resource(to({ AWS: ROLE })), true],
    ['not what it gives to the account alone', resource(to({ AWS: ACCOUNT })), false],
    [
      'what it gives to the account and an identity policy allows',
      { ...resource(to({ AWS: ACCOUNT })), ...identity(allow()) },
      true,
    ],
    ['not what it gives to another role', resource(to({ AWS: `arn:aws:iam::${ACCOUNT}:role/Other` })), false],
    ['not what it gives to a service', resource(to({ Service: 'events.amazonaws.com' })), false],
    ['not what the resource denies', { ...identity(allow()), ...resource(deny({ Principal: '*' })) }, false],
    [
      'not what it denies to all but others',
      { ...identity(allow()), ...resource(deny({ NotPrincipal: { AWS: ROLE } })) },
      true,
    ],
    ['not without the boundary', { ...identity(allow()), ...boundary() }, false],
    ['what boundary and identity allow', { ...identity(allow()), ...boundary(allow()) }, true],
    ['not what the boundary alone allows', boundary(allow()), false],
    ['not what the boundary denies', { ...identity(allow()), ...boundary(allow(), deny()) }, false],
    [
      'what the resource gives to the session, whatever the boundary',
      { ...resource(to({ AWS: SESSION })), ...boundary() },
      true,
    ],
    [
      'not what the resource gives to the role, outside of the boundary',
      { ...resource(to({ AWS: ROLE })), ...boundary() },
      false,
    ],
    [
      'not with a key whose policy says nothing',
      { ...identity(allow()), ...resource(), isResourcePolicyRequired: true },
      false,
    ],
    [
      'with a key whose policy names the account',
      { ...identity(allow()), ...resource(to({ AWS: ACCOUNT })), isResourcePolicyRequired: true },
      true,
    ],
  ])('%s', (_, policies, allowed) => {
    expect(judge(policies).allowed).toBe(allowed);
  });

  test.each([
    [{}, 'because no identity-based policy allows the s3:GetObject action'],
    [identity(deny({ Sid: 'No' })), 'with an explicit deny in an identity-based policy: Own/No'],
    [resource(deny({ Principal: '*' })), 'with an explicit deny in a resource-based policy: Bucket'],
    [{ ...identity(allow()), ...boundary() }, 'because no permissions boundary allows the s3:GetObject action'],
    [{ ...identity(allow()), ...boundary(deny()) }, 'with an explicit deny in a permissions boundary: Limit'],
    [identity(allow({ Sid: 'Read' })), 'Own/Read'],
  ])('%j: %s', (policies, reason) => {
    expect(judge(policies).reason).toBe(reason);
  });

  test('a service that acts for itself is let in by the policy of the resource only', () => {
    const service = 'events.amazonaws.com';
    expect(judge(identity(allow()), service).allowed).toBe(false);
    expect(judge(resource(to({ Service: service })), service).allowed).toBe(true);
    expect(judge(resource(to({ Service: 'sns.amazonaws.com' })), service)).toEqual({
      allowed: false,
      reason: 'because no resource-based policy allows the s3:GetObject action',
    });
  });
});

describe('what a statement is about', () => {
  test.each([
    [{ Action: 's3:GetObject' }, true],
    [{ Action: 's3:get*' }, true],
    [{ Action: 's3:Get?bject' }, true],
    [{ Action: '*' }, true],
    [{ Action: 's3:PutObject' }, false],
    [{ Action: undefined, NotAction: 's3:PutObject' }, true],
    [{ Action: undefined, NotAction: ['s3:Get*'] }, false],
    [{ Resource: `${BUCKET}/*` }, true],
    [{ Resource: BUCKET }, false],
    [{ Resource: [BUCKET, `${BUCKET}/a`] }, true],
    [{ Resource: undefined, NotResource: `${BUCKET}/b` }, true],
    [{ Resource: undefined, NotResource: `${BUCKET}/*` }, false],
    [{ Resource: `${BUCKET}/\${aws:username}` }, false],
  ])('%j: %s', (more, allowed) => {
    expect(judge(identity(allow(more))).allowed).toBe(allowed);
  });

  test.each([
    ['{', 'Syntax errors in policy.'],
    [{ Statement: { Effect: 'Alow', Action: 's3:*', Resource: '*' } }, 'Effect must be Allow or Deny, got "Alow"'],
    [{ Statement: { Effect: 'Allow', Resource: '*' } }, 'Statement must have Action or NotAction'],
    [{ Statement: [1] }, 'Statement must be an object, got 1'],
    [{ Statement: { Effect: 'Allow', Action: [1] } }, 'Action must be text or a list of texts, got 1'],
  ])('refuses %j', (document, message) => {
    expect(() => readPolicy('x', document)).toThrow(message);
  });
});
