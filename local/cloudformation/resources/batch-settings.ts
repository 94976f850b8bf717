import { camelCase, lowerFirst } from '../../core/letter-case';
import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { SCHEMAS } from '../schema/table';
import { shortGeneratedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { omit, updateTags } from './shapes';

/** A type that AWS Batch keeps under a name. */
interface Words {
  /** `QuotaShare` of `AWS::Batch::QuotaShare` and of `CreateQuotaShare`. */
  readonly noun: string;
  /** Before `Name` and `Arn`; the noun by default. */
  readonly prefix?: string;
  /** Requests name it by its ARN only. */
  readonly isByArn?: true;
  /** Must be DISABLED before it is deleted. */
  readonly hasState?: true;
  /** Nothing acts on it here. */
  readonly inert?: true;
  /** What an update sends, when it is not the properties. */
  readonly changes?: (properties: Reader) => Input;
}

const kept = (words: Words): ResourceType => {
  const { noun, prefix = noun, isByArn, hasState, changes, inert } = words;
  const type = `AWS::Batch::${noun}`;
  const [name, arn] = [`${prefix}Name`, `${prefix}Arn`];
  const reference = lowerFirst(isByArn === true ? arn : noun);
  const update = (id: string, input: Input, context: ResourceContext) =>
    context.call('batch', `Update${noun}`, { ...input, [reference]: id });
  return {
    type,
    inert,
    create: async (given, context) => {
      const output = await context.call('batch', `Create${noun}`, {
        ...camelCase(given.values),
        [lowerFirst(name)]: given.optionalText(name) ?? shortGeneratedName(context, 128),
      });
      const id = new Reader(output).text(lowerFirst(arn));
      return { id, attributes: { [arn]: id } };
    },
    update: async (existing, given, context) => {
      const all = camelCase(omit(given.values, [...(SCHEMAS[type]?.replacing ?? []), 'Tags']));
      await update(existing.id, changes?.(given) ?? all, context);
      await updateTags(context, 'batch', { resourceArn: existing.id }, existing.properties, given);
      return existing;
    },
    delete: async ({ id }, context) => {
      if (hasState === true) await update(id, { state: 'DISABLED' }, context);
      await context.call('batch', `Delete${noun}`, { [reference]: id });
    },
  };
};

export const batchSettings: readonly ResourceType[] = [
  kept({ noun: 'SchedulingPolicy', prefix: '', isByArn: true }),
  kept({
    noun: 'ConsumableResource',
    changes: (properties) => ({ operation: 'SET', quantity: properties.number('TotalQuantity') }),
  }),
  kept({ noun: 'ServiceEnvironment', hasState: true, inert: true }),
  kept({ noun: 'QuotaShare', isByArn: true, hasState: true, inert: true }),
];
