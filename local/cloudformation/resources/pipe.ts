import { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceType } from '../types/resource-type';
import { pick } from './shapes';

const SETTINGS = [
  ...['Description', 'DesiredState', 'KmsKeyIdentifier', 'RoleArn', 'Source', 'SourceParameters', 'Tags'],
  ...['Target', 'TargetParameters'],
];

export const pipe: ResourceType = {
  type: 'AWS::Pipes::Pipe',
  properties: [...SETTINGS, 'Name'],
  create: async (properties, context) => {
    const Name = properties.optionalText('Name') ?? generatedName(context, 64);
    const output = new Reader(await context.call('pipes', 'CreatePipe', { ...pick(properties, SETTINGS), Name }));
    return { id: Name, attributes: { Arn: output.text('Arn'), CurrentState: output.text('CurrentState') } };
  },
  update: async (existing, properties, context) => {
    const absent = Object.fromEntries(SETTINGS.map((name) => [name, undefined]));
    const input = { ...absent, ...pick(properties, SETTINGS), Name: existing.id };
    await context.call('pipes', 'UpdatePipe', input);
    return existing;
  },
  delete: async ({ id: Name }, context) => {
    await context.call('pipes', 'DeletePipe', { Name });
  },
};
