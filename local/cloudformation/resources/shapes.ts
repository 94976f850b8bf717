import type { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { isList, isRecord } from '../template/json';

/** Maps whose keys belong to the user: names inside are never changed. */
const freeForm = [
  ...['Annotations', 'CapacityTags', 'DriverOpts', 'Labels', 'Limits', 'Options', 'Parameters', 'Requests', 'Tags'],
];

export const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const camelValue = (value: unknown): unknown => {
  if (isList(value)) return value.map(camelValue);
  return isRecord(value) ? camelCase(value) : value;
};

/** `{ PascalCase }` of a template as the `{ camelCase }` of an API, at every depth. */
export const camelCase = (properties: Input): Input =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      lowerFirst(name),
      freeForm.includes(name) ? value : camelValue(value),
    ]),
  );

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
export const tagList = (tags: Readonly<Record<string, string>>): readonly Input[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Sets and removes the tags that differ, by the operations of a service. */
export const updateTags = async (
  former: Reader,
  properties: Reader,
  set: (tags: Readonly<Record<string, string>>) => Promise<unknown>,
  remove: (keys: readonly string[]) => Promise<unknown>,
): Promise<void> => {
  const [before, after] = [tagMap(former), tagMap(properties)];
  const changed = Object.entries(after).filter(([key, value]) => before[key] !== value);
  const dropped = Object.keys(before).filter((key) => !(key in after));
  if (changed.length > 0) await set(Object.fromEntries(changed));
  if (dropped.length > 0) await remove(dropped);
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
