import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Service } from '../core/service';
import { DEPLOYER, type World } from '../core/world';

const DEFAULT_SECONDS = 3600;
const MAX_SECONDS = 43_200;
const ROLE = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]{1,64})$/;

/** Roles of the CDK bootstrap stack, which does not exist here: whoever assumes one stays the deployer. */
const BOOTSTRAP_ROLE = /^cdk-[a-z0-9]{1,10}-(deploy|file-publishing|image-publishing|lookup|cfn-exec)-role-/;

const sessionOf = (account: string, role: string, session: string): string =>
  `arn:aws:sts::${account}:assumed-role/${role}/${session}`;

/** STS: who calls, and credentials of a role. */
export const createSts = (world: World): Service => ({
  name: 'sts',
  operations: {
    GetCallerIdentity: (_input, { principal }) => ({
      Account: world.account,
      Arn: principal.arn,
      UserId: principal.arn.slice(principal.arn.lastIndexOf('/') + 1),
    }),
    AssumeRole: (values) => {
      const input = new Reader(values, '', 'ValidationError');
      const roleArn = input.text('RoleArn');
      const session = input.text('RoleSessionName');
      const match = ROLE.exec(roleArn);
      if (match === null) {
        throw new AwsError('ValidationError', `'RoleArn' must be the ARN of an IAM role, got ${roleArn}`);
      }
      const [, account, role] = match;
      if (account !== world.account) {
        throw new AwsError(
          'AccessDenied',
          `the local endpoint has the account ${world.account} only, got the role ${roleArn}`,
          403,
        );
      }
      const seconds = input.optionalNumber('DurationSeconds') ?? DEFAULT_SECONDS;
      if (!Number.isInteger(seconds) || seconds < 900 || seconds > MAX_SECONDS) {
        throw new AwsError('ValidationError', `'DurationSeconds' must be from 900 to ${MAX_SECONDS}, got ${seconds}`);
      }
      const principal = BOOTSTRAP_ROLE.test(role) ? DEPLOYER : { arn: roleArn };
      const { accessKeyId, secretAccessKey, sessionToken } = world.credentials.issue(principal);
      return {
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secretAccessKey,
          SessionToken: sessionToken,
          Expiration: new Date(Date.now() + seconds * 1000),
        },
        AssumedRoleUser: { Arn: sessionOf(account, role, session), AssumedRoleId: `AROALOCAL:${session}` },
      };
    },
  },
});
