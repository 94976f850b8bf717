import { strToU8, zipSync } from 'fflate';
import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { generatedName } from '../types/names';
import type { ExistingResource, ResourceContext, ResourceType } from '../types/resource-type';
import { sameValue } from '../template/json';
import { orElse } from './patience';
import { pick, tagMap, updateTags } from './shapes';

/** What a setting goes back to when the template no longer has it; undefined: the template must have it. */
const defaults: Readonly<Record<string, unknown>> = {
  DeadLetterConfig: { TargetArn: '' },
  Description: '',
  Environment: { Variables: {} },
  EphemeralStorage: { Size: 512 },
  Handler: undefined,
  KmsKeyArn: '',
  LoggingConfig: { LogFormat: 'Text' },
  MemorySize: 128,
  Role: undefined,
  Runtime: undefined,
  Timeout: 3,
  TracingConfig: { Mode: 'PassThrough' },
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
};
const configuration = Object.keys(defaults);

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
  if (ReservedConcurrentExecutions === undefined) {
    await context.call('lambda', 'DeleteFunctionConcurrency', { FunctionName: name });
    return;
  }
  await context.call('lambda', 'PutFunctionConcurrency', { FunctionName: name, ReservedConcurrentExecutions });
};

/** Settings by the names of the API, which spells one of them in its own way. */
const settings = (values: Input): Input =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name === 'KmsKeyArn' ? 'KMSKeyArn' : name, value]));

const updateCode = async (existing: ExistingResource, properties: Reader, context: ResourceContext): Promise<void> => {
  const parts = ['Architectures', 'Code'];
  if (sameValue(pick(existing.properties, parts), pick(properties, parts))) return;
  await context.call('lambda', 'UpdateFunctionCode', {
    ...codeOf(properties),
    ...pick(properties, ['Architectures']),
    FunctionName: existing.id,
  });
};

const updateConfiguration = async (
  existing: ExistingResource,
  properties: Reader,
  context: ResourceContext,
): Promise<void> => {
  const former = pick(existing.properties, configuration);
  const wanted = pick(properties, configuration);
  if (sameValue(former, wanted)) return;
  const plain = Object.fromEntries(Object.keys(former).map((name) => [name, defaults[name]]));
  const FunctionName = existing.id;
  await context.call('lambda', 'UpdateFunctionConfiguration', { ...settings({ ...plain, ...wanted }), FunctionName });
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
  create: async (properties, context) => {
    const name = properties.optionalText('FunctionName') ?? generatedName(context, 64);
    const output = await context.call('lambda', 'CreateFunction', {
      ...settings(pick(properties, [...configuration, 'Architectures', 'PackageType'])),
      FunctionName: name,
      Code: codeOf(properties),
      Tags: tagMap(properties),
    });
    const configure = async (): Promise<void> => {
      if (properties.has('ReservedConcurrentExecutions')) await setConcurrency(name, properties, context);
    };
    await orElse(configure, () => context.call('lambda', 'DeleteFunction', { FunctionName: name }));
    return { id: name, attributes: { Arn: new Reader(output).text('FunctionArn') } };
  },
  update: async (existing, properties, context) => {
    await updateCode(existing, properties, context);
    await updateConfiguration(existing, properties, context);
    const reserved = ['ReservedConcurrentExecutions'];
    if (!sameValue(pick(existing.properties, reserved), pick(properties, reserved))) {
      await setConcurrency(existing.id, properties, context);
    }
    const Resource = existing.attributes.Arn;
    await updateTags(context, 'lambda', { Resource }, existing.properties, properties);
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('lambda', 'DeleteFunction', { FunctionName: id });
  },
};
