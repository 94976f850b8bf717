import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Output, Service } from '../core/service';
import type { World } from '../core/world';
import { type Parameter, ParameterStore } from './parameter-store';

const describe = (world: World, { name, type, value, version, modified }: Parameter): Output => ({
  Name: name,
  Type: type,
  Value: value,
  Version: version,
  LastModifiedDate: new Date(modified),
  ARN: world.arn('ssm', `parameter/${name.replace(/^\//, '')}`),
  DataType: 'text',
});

const MAX_NAMES = 10;

/** The parameter store of Systems Manager. */
export const createSsm = (world: World): Service => {
  const store = new ParameterStore(world);
  const nameIn = (values: Input): string => new Reader(values).text('Name');

  return {
    name: 'ssm',
    operations: {
      GetParameter: (values) => ({ Parameter: describe(world, store.get(nameIn(values))) }),
      GetParameters: (values) => {
        const names = new Reader(values).texts('Names');
        if (names.length === 0 || names.length > MAX_NAMES) {
          throw new AwsError('ValidationException', `'Names' must hold 1 to ${MAX_NAMES} names, got ${names.length}`);
        }
        const found = names.flatMap((name) => store.find(name) ?? []);
        return {
          Parameters: found.map((parameter) => describe(world, parameter)),
          InvalidParameters: names.filter((name) => store.find(name) === undefined),
        };
      },
      PutParameter: (values) => {
        const input = new Reader(values);
        const { version } = store.put({
          name: input.text('Name'),
          value: input.text('Value'),
          type: input.optionalText('Type'),
          overwrite: input.flag('Overwrite'),
        });
        return { Version: version, Tier: 'Standard' };
      },
      DeleteParameter: (values) => {
        store.delete(nameIn(values));
        return {};
      },
    },
  };
};
