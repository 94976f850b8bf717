import type { Reader } from '../../core/reader';
import { camelCase, lowerFirst } from '../../core/letter-case';
import type { Input } from '../../core/service';
import { isList } from '../template/json';
import type { ResourceContext } from '../types/resource-type';

/** A part of the properties, by name; absent ones stay absent. */
export const pick = ({ values }: Reader, names: readonly string[]): Input =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));

/** All properties but some. */
export const omit = (values: Input, names: readonly string[]): Input =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

/** The template's tags, a list or, as Batch has them, a map already. */
export const tagMap = (properties: Reader): Readonly<Record<string, string>> =>
  !isList(properties.values.Tags)
    ? properties.textMap('Tags')
    : Object.fromEntries(properties.records('Tags').map((tag) => [tag.text('Key'), tag.text('Value')]));

/** A map of tags as the list that most APIs take. */
const tagList = (tags: Readonly<Record<string, string>>): readonly Input[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Services whose operations take tags as a list; the others take a map. */
const listing = ['dynamodb', 'events', 'secretsmanager', 'sns', 'states'];

/** Sets and removes the tags that differ. The `reference` to the resource says how a service writes its parameters. */
export const updateTags = async (
  context: ResourceContext,
  service: string,
  reference: Readonly<Record<string, unknown>>,
  former: Reader,
  properties: Reader,
): Promise<void> => {
  const [before, after] = [tagMap(former), tagMap(properties)];
  const changed = Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value));
  const dropped = Object.keys(before).filter((key) => !(key in after));
  const inCase = Object.keys(reference).every((name) => name === lowerFirst(name))
    ? camelCase
    : (input: Input) => input;
  const noun = service === 'sqs' ? 'Queue' : 'Resource';
  if (Object.keys(changed).length > 0) {
    const Tags = listing.includes(service) ? tagList(changed).map(inCase) : changed;
    await context.call(service, `Tag${noun}`, { ...reference, ...inCase({ Tags }) });
  }
  if (dropped.length > 0)
    await context.call(service, `Untag${noun}`, { ...reference, ...inCase({ TagKeys: dropped }) });
};

/** Attributes of SQS and SNS are all text; structures among them are JSON. */
export const textAttributes = ({ values }: Reader, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = values[name];
      if (value === undefined) return [];
      return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
    }),
  );

/** A document that a template writes as an object, or already as its text. */
export const documentText = ({ values }: Reader, name: string): string | undefined => {
  const value = values[name];
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
};
