import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { describe, expect, test } from 'vitest';
import { BatchPlatform } from '../../lib';
import { jobOn, platformIn } from '../support/platforms';
import { statementWith } from '../support/role-statements';
import { newStack } from '../support/stack';
import { statementsIn, synthesizedWarnings } from '../support/warnings';

const env = { account: '111122223333', region: 'us-east-1' };
const partner = new iam.AccountPrincipal('444455556666');
const service = new iam.ServicePrincipal('lambda.amazonaws.com');

describe('a role of the account', () => {
  const stack = newStack();
  const platform = platformIn(stack, { platformName: 'prod' });
  platform.addJob('render', jobOn(stack, 'Render', platform.queue('bulk')));
  const role = new iam.Role(stack, 'Role', { assumedBy: service });
  platform.grants.submit(role);
  platform.grants.read(role);
  platform.grants.operate(role);
  platform.grants.readResults(role);

  test.each([
    ['submits through the gateway', 'lambda:InvokeFunction', 'PlatformGatewayFunction'],
    ['finds the platform', 'ssm:GetParameters', 'parameter/batch-platform/prod/*'],
    ['stops jobs', 'batch:TerminateJob', ':job/*'],
    ['reads results', 's3:GetObject', '/submissions/*'],
    ['decrypts them', 'kms:Decrypt', 'PlatformKey'],
  ])('%s', (_, action, resource) => {
    expect(JSON.stringify(statementWith(stack, 'Role', action).Resource)).toContain(resource);
  });
});

describe('another account', () => {
  test.each([undefined, env])('submits and reads results by the policies of gateway, bucket and key (%j)', (given) => {
    const stack = newStack({ env: given });
    const platform = platformIn(stack);
    platform.addJob('render', jobOn(stack, 'Render', platform.queue('bulk')));
    platform.grants.submit(partner);
    platform.grants.readResults(partner);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      Principal: '444455556666',
    });
    const json = JSON.stringify(template.toJSON());
    const policyOf = (type: string): string =>
      JSON.stringify(
        Object.values(template.findResources(type)).map(({ Properties }: { Properties?: unknown }) => Properties),
      );
    expect(json).toContain('444455556666');
    expect(policyOf('AWS::S3::BucketPolicy')).toMatch(/s3:GetObject.*444455556666/);
    expect(policyOf('AWS::KMS::Key')).toMatch(/kms:Decrypt.*444455556666/);
  });

  test.each([
    ['an imported key', (key: kms.IKey) => key],
    [
      'an alias of an imported key',
      (targetKey: kms.IKey) => new kms.Alias(targetKey.stack, 'Alias', { aliasName: 'alias/prod', targetKey }),
    ],
  ])('decrypts results by %s once its policy has the statement that a warning shows', (_, keyOf) => {
    const asked = (grantee?: iam.IGrantable): { warning: string; accounts: string[] } => {
      const stack = newStack({ env });
      const encryptionKey = keyOf(kms.Key.fromKeyArn(stack, 'Imported', `arn:aws:kms:us-east-1:${env.account}:key/1`));
      const { grants } = platformIn(stack, { encryptionKey });
      grants.readResults(new iam.Role(stack, 'Role', { assumedBy: service }));
      if (grantee !== undefined) grants.readResults(grantee);
      const [warning] = synthesizedWarnings(stack);
      const statements = statementsIn(warning).filter(({ Action }) => Action === 'kms:Decrypt');
      return { warning, accounts: statements.map((one) => JSON.stringify(one.Principal)) };
    };
    const { warning, accounts } = asked(partner);
    expect(warning).toContain('another account cannot decrypt what Stack/Platform/Data holds');
    expect(accounts).toEqual([expect.stringContaining('444455556666')]);
    expect(asked().accounts).toEqual([]);
  });

  test.each(['read', 'operate'] as const)('fails to get what only its own policies could say: %s', (permission) => {
    for (const given of [undefined, env]) {
      const platform = platformIn(newStack({ env: given }));
      expect(() => platform.grants[permission](partner)).toThrow(
        /cannot be granted to a principal of another account: grant it to a role of this account that the principal may assume/,
      );
    }
  });

  test('fails to get results of a platform that is defined elsewhere', () => {
    const platform = BatchPlatform.fromName(newStack(), 'Platform', 'prod');
    expect(() => platform.grants.readResults(partner)).toThrow(
      'the policy of a bucket of another stack cannot be changed: grant it where the platform is defined',
    );
  });
});
