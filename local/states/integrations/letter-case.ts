import { isJsonArray, isJsonObject, type Json } from '../language/json';

/** Members whose keys are the user's own words. */
const MAPS = new Set(['annotations', 'labels', 'limits', 'options', 'parameters', 'requests', 'tags']);

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const renamed = (value: Json, rename: (key: string) => string): Json => {
  if (isJsonArray(value)) return value.map((entry) => renamed(entry, rename));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      rename(key),
      MAPS.has(lowerFirst(key)) && !isJsonArray(entry) ? entry : renamed(entry, rename),
    ]),
  );
};

/** As APIs such as Batch name their members: `jobName`. */
export const toCamelCase = (value: Json): Json => renamed(value, lowerFirst);

/** As Step Functions names all members: `JobName`. */
export const toPascalCase = (value: Json): Json => renamed(value, upperFirst);
