import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
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
  {
    behaviour: 'a version of a parameter is read by its number; a number that never was is an error of its own',
    source: 'systems-manager/latest/userguide/sysman-paramstore-versions.html',
    test: async ({ clients: { ssm }, name, cleanup }) => {
      const Name = `/${name('limit')}`;
      cleanup(() => ssm.send(new DeleteParameterCommand({ Name })));
      for (const Value of ['one', 'two']) {
        await ssm.send(new PutParameterCommand({ Name, Type: 'String', Value, Overwrite: true }));
      }
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `${Name}:1` }));
      expect(Parameter).toMatchObject({ Name, Value: 'one', Version: 1 });
      const missing = ssm.send(new GetParameterCommand({ Name: `${Name}:3` }));
      await expect(missing).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
    },
  },
  {
    behaviour: 'a parameter that exists is changed only with Overwrite',
    source: 'systems-manager/latest/APIReference/API_PutParameter.html',
    test: async ({ clients: { ssm }, name, cleanup }) => {
      const parameter = { Name: name('limit'), Type: 'String', Value: 'a' } as const;
      cleanup(() => ssm.send(new DeleteParameterCommand({ Name: parameter.Name })));
      await ssm.send(new PutParameterCommand(parameter));
      await expect(ssm.send(new PutParameterCommand(parameter))).rejects.toMatchObject({
        name: 'ParameterAlreadyExists',
      });
    },
  },
  {
    behaviour: 'several parameters are read at once, and those that do not exist are named',
    source: 'systems-manager/latest/APIReference/API_GetParameters.html',
    test: async ({ clients: { ssm }, name, cleanup }) => {
      const [Name, missing] = [name('limit'), name('nope')];
      cleanup(() => ssm.send(new DeleteParameterCommand({ Name })));
      await ssm.send(new PutParameterCommand({ Name, Type: 'String', Value: 'a' }));
      const { Parameters, InvalidParameters } = await ssm.send(new GetParametersCommand({ Names: [Name, missing] }));
      expect(Parameters).toMatchObject([{ Name, Value: 'a' }]);
      expect(InvalidParameters).toEqual([missing]);
    },
  },
]);
