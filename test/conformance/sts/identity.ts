import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect } from 'vitest';
import { clientsOf, makeRole } from '../kit/acting';
import { table } from '../kit/table';

export const identity = table('STS', 'Identity', [
  {
    behaviour: 'the credentials of a role are those of a session of it',
    source: 'STS/latest/APIReference/API_GetCallerIdentity.html',
    test: async (target) => {
      const roleArn = await makeRole(target, []);
      const { sts } = await clientsOf(target, roleArn);
      const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
      expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
        Account: target.account,
        Arn: `arn:aws:sts::${target.account}:assumed-role/${name}/conformance`,
      });
    },
  },
  {
    behaviour: 'the credentials of a role are for an hour unless the request says, from 15 minutes to 12 hours',
    source: 'STS/latest/APIReference/API_AssumeRole.html',
    differs: 'what is past its time still works here',
    test: async (target) => {
      const RoleArn = await makeRole(target, []);
      const assume = (DurationSeconds?: number) =>
        target.clients.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'one', DurationSeconds }));
      for (const [seconds, expected] of [
        [undefined, 3600],
        [900, 900],
      ] as const) {
        const { Credentials } = await target.eventually(() => assume(seconds));
        const left = ((Credentials?.Expiration?.getTime() ?? 0) - Date.now()) / 1000;
        expect(Math.abs(left - expected)).toBeLessThan(60);
      }
      for (const seconds of [899, 43_201]) {
        await expect(assume(seconds)).rejects.toMatchObject({ name: 'ValidationError' });
      }
    },
  },
]);
