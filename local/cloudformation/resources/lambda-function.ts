import { strToU8, zipSync } from 'fflate';
import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { generatedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { sameValue } from '../template/json';
import { pick, tagMap } from './shapes';

const configuration = [
  'DeadLetterConfig',
  'Description',
  'Environment',
  'EphemeralStorage',
  'Handler',
  'KmsKeyArn',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'Role',
  'Runtime',
  'Timeout',
  'TracingConfig',
  'VpcConfig',
];

/** The source text of a template becomes an archive with one file, as CloudFormation packs it. */
const codeOf = (properties: Reader): Input => {
  const code = properties.record('Code');
  const source = code.optionalText('ZipFile');
  if (source === undefined) return code.values;
  const file = properties.optionalText('Runtime')?.startsWith('python') === true ? 'index.py' : 'index.js';
  return { ZipFile: zipSync({ [file]: strToU8(source) }) };
};

const setConcurrency = async (name: string, properties: Reader, context: ResourceContext): Promise<void> => {
  const ReservedConcurrentExecutions = properties.optionalNumber('ReservedConcurrentExecutions');
  if (ReservedConcurrentExecutions === undefined) return;
  await context.call('lambda', 'PutFunctionConcurrency', { FunctionName: name, ReservedConcurrentExecutions });
};

export const lambdaFunction: ResourceType = {
  type: 'AWS::Lambda::Function',
  properties: [
    ...configuration,
    'Architectures',
    'Code',
    'FunctionName',
    'PackageType',
    'ReservedConcurrentExecutions',
    'Tags',
  ],
  replacing: ['FunctionName', 'PackageType', 'Tags'],
  create: async (properties, context) => {
    const name = properties.optionalText('FunctionName') ?? generatedName(context, 64);
    const output = await context.call('lambda', 'CreateFunction', {
      ...pick(properties, [...configuration, 'Architectures', 'PackageType']),
      FunctionName: name,
      Code: codeOf(properties),
      Tags: tagMap(properties),
    });
    await setConcurrency(name, properties, context);
    return { id: name, attributes: { Arn: new Reader(output).text('FunctionArn') } };
  },
  update: async (existing, properties, context) => {
    const former = existing.properties.values;
    if (!sameValue([former.Code, former.Architectures], [properties.values.Code, properties.values.Architectures])) {
      const Architectures = properties.values.Architectures;
      await context.call('lambda', 'UpdateFunctionCode', {
        FunctionName: existing.id,
        ...codeOf(properties),
        ...(Architectures === undefined ? {} : { Architectures }),
      });
    }
    if (!sameValue(pick(existing.properties, configuration), pick(properties, configuration))) {
      await context.call('lambda', 'UpdateFunctionConfiguration', {
        Environment: { Variables: {} },
        ...pick(properties, configuration),
        FunctionName: existing.id,
      });
    }
    await setConcurrency(existing.id, properties, context);
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('lambda', 'DeleteFunction', { FunctionName: id });
  },
};
