import { isBootstrapRole } from '../core/bootstrap';
import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Service } from '../core/service';
import { DEPLOYER, type World } from '../core/world';

const DEFAULT_SECONDS = 3600;
const MAX_SECONDS = 43_200;
const ROLE = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]{1,64})$/;

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
      const principal = isBootstrapRole(role) ? DEPLOYER : { arn: sessionOf(account, role, session) };
      const { accessKeyId, secretAccessKey, sessionToken } = world.credentials.issue(principal);
      return {
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secretAccessKey,
          SessionToken: sessionToken,
          Expiration: new Date(world.clock.now() + seconds * 1000),
        },
        AssumedRoleUser: { Arn: sessionOf(account, role, session), AssumedRoleId: `AROALOCAL:${session}` },
      };
    },
  },
});
