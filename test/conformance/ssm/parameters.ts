import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { table } from '../kit/table';

export const parameters = table('Systems Manager', 'Parameters', [
  {
    behaviour: 'a new value of a parameter is its next version',
    source: 'systems-manager/latest/userguide/sysman-paramstore-versions.html',
    test: async ({ clients: { ssm }, name, cleanup }) => {
      const parameter = { Name: `/${name('limit')}`, Type: 'String' } as const;
      cleanup(() => ssm.send(new DeleteParameterCommand({ Name: parameter.Name })));
      await ssm.send(new PutParameterCommand({ ...parameter, Value: 'one' }));
      const { Version } = await ssm.send(new PutParameterCommand({ ...parameter, Value: 'two', Overwrite: true }));
      expect(Version).toBe(2);
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameter.Name }));
      expect(Parameter).toMatchObject({ Value: 'two', Version: 2, Type: 'String' });
    },
  },
]);
