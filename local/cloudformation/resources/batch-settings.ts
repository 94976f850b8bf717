import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { shortGeneratedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { camelCase, lowerFirst, omit, updateTags } from './shapes';

/** A type that AWS Batch keeps under a name, in the words of its operations. */
interface Words {
  /** `SchedulingPolicy` of `AWS::Batch::SchedulingPolicy` and of `CreateSchedulingPolicy`. */
  readonly noun: string;
  readonly name: string;
  /** The attribute and the member of answers with the ARN. */
  readonly arn: string;
  /** Names the resource in requests. */
  readonly reference: string;
  readonly properties: readonly string[];
  readonly replacing: readonly string[];
  /** The API changes its tags; without, a change of them makes a new resource. */
  readonly isTaggedInPlace: boolean;
  /** Must be DISABLED before it is deleted. */
  readonly hasState?: true;
  /** Nothing acts on it here. */
  readonly inert?: true;
  /** What an update sends, when it is not the properties. */
  readonly changes?: (properties: Reader) => Input;
}

const kept = (words: Words): ResourceType => {
  const { noun, name, arn, reference, properties, replacing, isTaggedInPlace, hasState, changes, inert } = words;
  const update = (id: string, input: Input, context: ResourceContext) =>
    context.call('batch', `Update${noun}`, { ...input, [reference]: id });
  return {
    type: `AWS::Batch::${noun}`,
    inert,
    properties: [...properties, name, 'Tags'],
    replacing: [name, ...replacing, ...(isTaggedInPlace ? [] : ['Tags'])],
    create: async (given, context) => {
      const output = await context.call('batch', `Create${noun}`, {
        ...camelCase(given.values),
        [lowerFirst(name)]: given.optionalText(name) ?? shortGeneratedName(context, 128),
      });
      const id = new Reader(output).text(lowerFirst(arn));
      return { id, attributes: { [arn]: id } };
    },
    update: async (existing, given, context) => {
      const all = camelCase(omit(given.values, [name, ...replacing, 'Tags']));
      await update(existing.id, changes?.(given) ?? all, context);
      const resourceArn = existing.id;
      await updateTags(
        existing.properties,
        given,
        (tags) => context.call('batch', 'TagResource', { resourceArn, tags }),
        (tagKeys) => context.call('batch', 'UntagResource', { resourceArn, tagKeys }),
      );
      return existing;
    },
    delete: async ({ id }, context) => {
      if (hasState === true) await update(id, { state: 'DISABLED' }, context);
      await context.call('batch', `Delete${noun}`, { [reference]: id });
    },
  };
};

export const batchSettings: readonly ResourceType[] = [
  kept({
    ...{ noun: 'SchedulingPolicy', name: 'Name', arn: 'Arn', reference: 'arn' },
    properties: ['FairsharePolicy', 'QuotaSharePolicy'],
    replacing: [],
    isTaggedInPlace: false,
  }),
  kept({
    ...{ noun: 'ConsumableResource', name: 'ConsumableResourceName', arn: 'ConsumableResourceArn' },
    reference: 'consumableResource',
    properties: ['ResourceType', 'TotalQuantity'],
    replacing: ['ResourceType'],
    isTaggedInPlace: true,
    changes: (properties) => ({ operation: 'SET', quantity: properties.number('TotalQuantity') }),
  }),
  kept({
    ...{ noun: 'ServiceEnvironment', name: 'ServiceEnvironmentName', arn: 'ServiceEnvironmentArn' },
    reference: 'serviceEnvironment',
    properties: ['CapacityLimits', 'ServiceEnvironmentType', 'State'],
    replacing: ['ServiceEnvironmentType'],
    isTaggedInPlace: true,
    hasState: true,
    inert: true,
  }),
  kept({
    ...{ noun: 'QuotaShare', name: 'QuotaShareName', arn: 'QuotaShareArn', reference: 'quotaShareArn' },
    properties: ['CapacityLimits', 'JobQueue', 'PreemptionConfiguration', 'ResourceSharingConfiguration', 'State'],
    replacing: ['JobQueue'],
    isTaggedInPlace: true,
    hasState: true,
    inert: true,
  }),
];
