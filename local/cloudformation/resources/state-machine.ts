import { camelCase } from '../../core/letter-case';
import { AwsError, notSupported } from '../../core/errors';
import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { shortGeneratedName } from '../types/names';
import type { ResourceType } from '../types/resource-type';
import { until } from './patience';
import { documentText, updateTags } from './shapes';

const definitionOf = (properties: Reader): string => {
  const text = documentText(properties, properties.has('Definition') ? 'Definition' : 'DefinitionString');
  if (text === undefined) throw notSupported('a state machine without DefinitionString or Definition');
  const substitutions = properties.textMap('DefinitionSubstitutions');
  return text.replaceAll(/\$\{([^}]+)\}/g, (whole, name: string) => substitutions[name] ?? whole);
};

const part = (properties: Reader, name: string, otherwise?: Input): Input | undefined => {
  const value = properties.optionalRecord(name);
  return value === undefined ? otherwise : camelCase(value.values);
};

const settings = (properties: Reader): Input => ({
  definition: definitionOf(properties),
  roleArn: properties.text('RoleArn'),
  loggingConfiguration: part(properties, 'LoggingConfiguration', { level: 'OFF', includeExecutionData: false }),
  tracingConfiguration: part(properties, 'TracingConfiguration', { enabled: false }),
  encryptionConfiguration: part(properties, 'EncryptionConfiguration'),
});

export const stateMachine: ResourceType = {
  type: 'AWS::StepFunctions::StateMachine',
  properties: [
    ...['Definition', 'DefinitionString', 'DefinitionSubstitutions', 'EncryptionConfiguration'],
    ...['LoggingConfiguration', 'RoleArn', 'StateMachineName', 'StateMachineType'],
    ...['Tags', 'TracingConfiguration'],
  ],
  create: async (properties, context) => {
    const name = properties.optionalText('StateMachineName') ?? shortGeneratedName(context, 80);
    const output = await context.call('states', 'CreateStateMachine', {
      ...settings(properties),
      name,
      type: properties.optionalText('StateMachineType'),
      tags: properties.records('Tags').map(({ values }) => camelCase(values)),
    });
    const id = new Reader(output).text('stateMachineArn');
    return { id, attributes: { Arn: id, Name: name } };
  },
  update: async (existing, properties, context) => {
    const resourceArn = existing.id;
    await context.call('states', 'UpdateStateMachine', { ...settings(properties), stateMachineArn: resourceArn });
    await updateTags(context, 'states', { resourceArn }, existing.properties, properties);
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('states', 'DeleteStateMachine', { stateMachineArn: id });
    // Running executions are stopped first; until then the machine is there.
    await until(`${id} to be gone`, () =>
      context.call('states', 'DescribeStateMachine', { stateMachineArn: id }).then(
        () => false,
        (error: unknown) => {
          if (error instanceof AwsError && error.code === 'StateMachineDoesNotExist') return true;
          throw error;
        },
      ),
    );
  },
};
